"""Builds everything, knows everyone, does nothing else."""
