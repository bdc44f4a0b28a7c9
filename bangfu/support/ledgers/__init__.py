"""Ledgers of this room, one module a list."""
