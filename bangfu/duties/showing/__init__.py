"""How this room's rows are said and drawn."""
