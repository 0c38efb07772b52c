"""The parts of every form: fields, the one-time token, saving once, and two who save at the same time."""
