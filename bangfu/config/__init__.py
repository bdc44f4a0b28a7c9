"""Settings, addresses and the web entry point of an installation."""
