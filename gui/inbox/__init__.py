"""Inbox: received reports, what is known of each and what is decided."""
