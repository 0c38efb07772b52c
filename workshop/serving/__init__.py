"""Servers on this machine alone, started as `make run` starts the program, and somebody who visits them."""
