"""The ladder of steps, version by version."""
