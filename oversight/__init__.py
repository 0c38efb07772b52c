"""Insight and control: registerutdrag, who has read, log review. No models."""
