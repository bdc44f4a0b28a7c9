"""Base templates, components, style sheets and the gallery that shows them."""
