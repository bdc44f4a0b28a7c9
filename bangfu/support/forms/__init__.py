"""Forms of this room, one module a part of it."""
