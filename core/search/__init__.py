"""Finding anything by a few words: records, factors, rules and data points, in both languages at once."""
