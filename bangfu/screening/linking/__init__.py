"""Ties rows of rosters and lists to the people they are about."""
