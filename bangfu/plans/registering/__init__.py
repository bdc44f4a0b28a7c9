"""What this room tells lower rooms."""
