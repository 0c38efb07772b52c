"""Forms about plans, meetings and registers."""
