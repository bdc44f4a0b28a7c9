"""What a scheme is, how it is read and how numbers become marks."""
