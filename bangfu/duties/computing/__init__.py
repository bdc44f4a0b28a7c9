"""Who owes what, and how much of it is done: over plain values, without rows."""
