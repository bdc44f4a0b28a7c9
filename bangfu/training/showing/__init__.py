"""What pages and papers show, one module a part of it."""
