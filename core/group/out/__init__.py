"""What leaves head office: the report of the group, tables for other programs, signed files for plants."""
