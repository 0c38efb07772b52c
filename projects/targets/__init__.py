"""The result targets."""
