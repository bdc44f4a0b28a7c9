"""Reads the text of a plan into chapters and proposed tasks. Pure: no Django, no clock, no guesses."""
