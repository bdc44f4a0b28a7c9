"""What traces and figures of this room are made of."""
