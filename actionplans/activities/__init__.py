"""Activities of a plan: what a participant does beside the rest, when, and the organisation that helps."""
