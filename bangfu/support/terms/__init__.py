"""Words and rules of this room that are data, read from its YAML files."""
