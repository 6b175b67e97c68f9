"""Tie-out: does the day tie, and what makes up the difference."""
