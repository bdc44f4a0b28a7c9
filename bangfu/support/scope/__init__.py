"""Which rows of this room are a person's own, one module a part of it."""
