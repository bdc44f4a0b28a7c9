"""What the situation allows in this room, one module a part of it."""
