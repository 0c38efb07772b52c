"""How fast the pages are at a given size: against bare floors, in a database of its own."""
