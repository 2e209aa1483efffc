"""Solar: what a roof gives, where that goes, what it avoids and earns."""
