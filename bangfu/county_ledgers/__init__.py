"""Ledgers that a county writes down itself: definitions as data, their rows, pages, import and export."""
