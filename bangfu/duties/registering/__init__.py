"""What this room tells lower rooms, one module a part of it."""
