"""A year of the group: exact sums over the packed lines of its reports, and what is told of them."""
