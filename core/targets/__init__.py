"""Base year, targets, pathways, forecast, neutrality: where emissions are to go and where they are going."""
