"""Who owes what, how often: templates, due items, what satisfies them, excuses, compliance."""
