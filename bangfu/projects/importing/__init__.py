"""The county's existing project table, brought in with a receipt."""
