"""What this room adds to the file of a household, one module a part of it."""
