"""Parts of the page about those who ask: frameworks, their questions, data points, answers, what was handed in."""
