"""Management plan, key figures, and the site walk."""
