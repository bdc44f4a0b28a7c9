"""Assessment of units and townships by schemes."""
