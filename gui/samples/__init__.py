"""Risk and samples: the source map, what is drawn and how."""
