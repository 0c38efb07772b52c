"""A project's own page: what it says of itself, and its particulars."""
