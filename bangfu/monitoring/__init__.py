"""Monitoring: clues, cases from study to release, assistance plans and measures."""
