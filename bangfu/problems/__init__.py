"""The problem list: what is wrong, who mends it by when, what proves it, whether it comes back."""
