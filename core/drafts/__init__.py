"""What somebody has typed and not saved yet, kept on the server."""
