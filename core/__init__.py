"""The engine of Plant Carbon Audit: no window, no clock, no surprises. See CONTRIBUTING.md for the rooms."""
