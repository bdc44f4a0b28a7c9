"""What this room refuses, with the numbers."""
