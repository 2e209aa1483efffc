"""Years, policies and warming potentials side by side; closing a year and restating it."""
