"""What is to be done next, as a card on the first page of a plant and of head office."""
