"""Needs and offers: registered, reviewed, proposed to each other by rules, followed until they land."""
