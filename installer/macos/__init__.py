"""The program as a macOS bundle."""
