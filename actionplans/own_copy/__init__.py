"""The participant's copy of the plan: one sheet of paper."""
