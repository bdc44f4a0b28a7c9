"""Definitions of flows: what they may say, how they are read and what makes one sound. Knows no database."""
