"""Words and reckoning without a database."""
