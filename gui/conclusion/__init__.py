"""Conclusion of an audit: opinion, independent review, statement."""
