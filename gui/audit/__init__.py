"""Audit: its state and what is next, engagement, people, declarations, log."""
