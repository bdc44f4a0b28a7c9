"""Ledger pages: filters, columns, saved views, totals, export."""
