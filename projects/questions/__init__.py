"""Helping questions of the kartläggning: the model's, until a project words its own."""
