"""The access log: its chain, its heads, its reviews and its words."""
