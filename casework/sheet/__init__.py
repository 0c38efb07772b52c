"""The hand-over sheet: one paper for the ordinary agency that goes on with a person."""
