"""Month-end snapshots of the register in the lake: what was known then, without who it was."""
