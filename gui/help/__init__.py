"""Help on the page one is on: what it is for, the usual steps, keys, a picture; and the keys of everything."""
