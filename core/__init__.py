"""The engine of Plant Carbon Audit: no window, no clock, no surprises. See CONTRIBUTING.md for the rooms."""

VERSION = "0.1.0"
"""Of the whole program; packages, installers and what people see take it from here."""
FILES = (".plant", ".group")
"""Endings of the files that people open: a plant, and head office's group."""
