"""Ledgers of this room."""
