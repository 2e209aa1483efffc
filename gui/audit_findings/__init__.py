"""Findings of an audit: raised, answered, corrected, closed; and what they changed."""
