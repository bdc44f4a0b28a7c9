"""What this room tells lower rooms when the application starts, one module a part of it."""
