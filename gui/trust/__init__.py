"""Trust: roots and certificates that head office issues, and whom a plant believes."""
