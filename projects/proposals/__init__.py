"""What one administrator can't do alone: it is proposed, and holds when a second person has said yes."""
