"""The program beside Django's own admin, over the same people."""
