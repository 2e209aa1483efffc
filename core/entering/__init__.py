"""What people enter: one description of a kind of record for form, command line and table."""
