"""What the data files and parameters of this room say."""
