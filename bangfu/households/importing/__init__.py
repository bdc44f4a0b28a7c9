"""Bringing rosters into the register: who is who, what is new, what changed, and writing it set by set."""
