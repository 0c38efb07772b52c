"""Invented data and measuring: no other app imports it. No models."""
