"""Turns what the rules found into findings that people can act on."""
