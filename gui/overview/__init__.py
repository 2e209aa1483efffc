"""What the year's inventory says at a glance."""
