"""Those who ask: data points derived from what a plant knows or answered once, the maps of frameworks, readiness."""
