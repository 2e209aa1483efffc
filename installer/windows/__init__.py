"""The program for Windows."""
