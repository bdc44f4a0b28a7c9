"""What the situation allows: checks that raise with a Chinese reason, and their booleans."""
