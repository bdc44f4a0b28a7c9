"""What the situation allows, one module a part of it."""
