"""How this room's rows are shown: words, papers, heads of files."""
