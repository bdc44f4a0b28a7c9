"""What monitoring allows."""
