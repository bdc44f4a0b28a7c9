"""Batches: upload, preflight, commit, receipt, undo."""
