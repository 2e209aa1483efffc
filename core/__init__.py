"""The engine of Plant Carbon Audit: no window, no clock, no surprises. See CONTRIBUTING.md for the rooms."""

VERSION = "0.1.0"
"""Of the whole program; packages, installers and what people see take it from here."""
