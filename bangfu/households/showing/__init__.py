"""How parts of the register are put into words and tables for pages."""
