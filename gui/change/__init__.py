"""Why the group emits more or less than before."""
