"""Ledger pages of monitoring."""
