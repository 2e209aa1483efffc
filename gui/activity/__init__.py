"""Activity data: the grid of bills, imports into it, what a method asks for."""
