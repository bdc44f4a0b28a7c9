"""The command line: starts without Django."""
