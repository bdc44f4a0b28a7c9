"""Runs a compiled plan over a county."""
