"""A delmål marked on the spot: under way, reached or dropped, without opening the whole plan."""
