"""Synthetic counties with known truth: no real person, ever."""
