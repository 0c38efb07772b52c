"""Invented people and projects: for the demo and for measuring."""
