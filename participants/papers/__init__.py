"""Signed papers beside the matter they are about; `actionplans.papers`, which knows plans, keeps and corrects them."""
