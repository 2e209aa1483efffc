"""Sources: is everything in? The tree with its months, the rows of category 3 that follow."""
