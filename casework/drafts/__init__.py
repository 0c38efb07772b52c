"""What the user has typed and not saved, where it is found again."""
