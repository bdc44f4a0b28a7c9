"""What the pages show, one module a part of the room."""
