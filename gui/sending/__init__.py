"""What head office signs for its plants."""
