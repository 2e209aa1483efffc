"""One scenario a file, with ``SCENARIO``; found by itself."""
