"""A made-up county with people of every role, to try the application on."""
