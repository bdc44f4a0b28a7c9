"""Files and papers: content-addressed, encrypted, outside the database."""
