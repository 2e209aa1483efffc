"""What head office itself says: the group, its companies and plants, who holds them, and which part counts when."""
