"""The writers of this room: sign-in, passwords, users, units, roles, unmasking."""
