"""Ledger pages of this room."""
