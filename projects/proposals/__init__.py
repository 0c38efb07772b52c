"""Changes that one administrator can't make alone: they are proposed, and hold when a second person has said yes."""
