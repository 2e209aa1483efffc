"""Plants of the group against years."""
