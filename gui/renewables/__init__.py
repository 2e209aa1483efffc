"""The parts of the page about renewable electricity: one tab a file, and what they share."""
