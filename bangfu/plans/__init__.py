"""Plans and their tasks: a plan's text becomes tasks, units report steps, leaders see what lags."""
