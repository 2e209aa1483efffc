"""Parts of head office's page about the ways of its plants: one tab a file."""
