"""Timings as ratios to a named alternative: ``make bench`` measures and writes the table of ``README.md``.

One module a measurement. Nothing here is asserted in tests: a slow machine is not a fault.
"""
