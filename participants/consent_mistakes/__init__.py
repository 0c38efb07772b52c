"""A consent that was written by mistake: taken back whole, or found to be about somebody else."""
