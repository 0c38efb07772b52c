"""A personal number that somebody knows already: what it opens, whose it is, and making two people one."""
