"""Packs: what a team has written for itself, and how the tutor comes to ask it there and nowhere else."""
