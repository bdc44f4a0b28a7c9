"""What a duty is, its windows, and reading it from YAML. Knows no rows."""
