"""Swedish: keys to search and sort by, and words for numbers and days."""
