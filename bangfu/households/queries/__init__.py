"""The register's readers; each starts from what the person may see."""
