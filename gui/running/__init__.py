"""The program about itself: what went wrong, what it is, and whether there is a newer one."""
