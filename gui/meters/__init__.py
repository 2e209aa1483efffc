"""Meters: the list, the values of one on the clock, readings, imports and estimates."""
