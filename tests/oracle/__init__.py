"""The rules in plain Python, from the contract alone: tests compare the engine with it."""
