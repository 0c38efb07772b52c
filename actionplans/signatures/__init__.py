"""Who has signed which plan on paper, and when."""
