"""Lists brought from outside."""
