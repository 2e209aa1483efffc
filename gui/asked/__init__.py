"""What head office asks of a plant, and its files that are taken up."""
