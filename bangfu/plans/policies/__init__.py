"""What the situation allows."""
