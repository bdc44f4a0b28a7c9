"""How monitoring shows what it holds."""
