"""What people fill in, one module a part of the room."""
