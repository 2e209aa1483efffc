"""Quality: how sure totals are, how good the data; and the figures, bars and scores that show it elsewhere."""
