"""What a number means: registered once, counted within the asker's scope, opening its list."""
