"""What the sections about renewable electricity, targets, neutrality and actions rest on: the package alone.

Their tables, charts and words stand here, so that a section is what it says.
"""
