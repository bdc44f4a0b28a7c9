"""Dictionaries of monitoring, one module a part of it."""
