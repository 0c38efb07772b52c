"""Running the program: jobs, its own log, places for heavy work, erasure."""
