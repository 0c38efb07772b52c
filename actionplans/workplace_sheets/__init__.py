"""Sheets for the workplace: what the participant has agreed that it is told, on one paper."""
