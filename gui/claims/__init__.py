"""The claim check: a published sentence about PV, taken apart."""
