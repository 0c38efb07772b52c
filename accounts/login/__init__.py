"""Logging in: passwords, known devices, lock-out, second factor, sessions."""
