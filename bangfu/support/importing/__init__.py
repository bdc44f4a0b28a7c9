"""Existing lists of units, people, ties and pairings: preflight, receipt, undo (through ``exchange``)."""
