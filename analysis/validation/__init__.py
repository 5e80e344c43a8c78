"""How well coders agree with each other."""
