"""Fifty users at once, who think between clicks: whether everybody gets an answer soon, and what memory it takes."""
