"""What a standard is, how it is read and how a thing is judged by it."""
