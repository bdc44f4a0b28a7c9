"""What a definition says, and reading one from its text."""
