"""Writers of this room."""
