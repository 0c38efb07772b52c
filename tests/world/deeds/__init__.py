"""What somebody does to two cases by chance, and what should have been written of them from the first."""
