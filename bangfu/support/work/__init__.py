"""What of this room waits for people on the workbench, one module a part of it."""
