"""The user's own drafts, where they are found again."""
