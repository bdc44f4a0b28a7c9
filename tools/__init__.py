"""Generators of documents and the scripts that `make` calls."""
