"""Pages of the register, one module a part of it."""
