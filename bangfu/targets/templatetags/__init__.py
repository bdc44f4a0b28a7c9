"""How targets are drawn on pages."""
