"""An invented database of a given size, to measure in. It is made anew each time, and dropped."""
