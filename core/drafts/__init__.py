"""Drafts: words that are typed and not saved yet, kept on the server."""
