"""One human registered as two persons in the own organisation: found, shown side by side, joined, and undone."""
