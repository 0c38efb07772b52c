"""The project's own lists: target groups, methods, units, and what is said about support, work and outcome."""
