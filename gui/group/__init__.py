"""Group: its tonnes by any dimension, years, double use, report."""
