"""Standards that a thing meets or not: filled, judged item by item, checked again, ranked within a quota."""
