"""What head office answers for the group: the data points of every plant's report, folded, and its own answers."""
