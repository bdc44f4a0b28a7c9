"""Tabs this room puts on files of other rooms."""
