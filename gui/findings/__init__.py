"""What the rules say about a year, listed with the way there, and dismissed with a reason."""
