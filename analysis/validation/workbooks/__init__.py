"""Files that coders fill in: written for them, and read back."""
