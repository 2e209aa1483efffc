"""Parts of the page about actions: plan, cost curve, timeline, areas, effect."""
