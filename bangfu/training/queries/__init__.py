"""The only readers of this room, one module a part of it."""
