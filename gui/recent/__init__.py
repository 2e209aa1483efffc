"""Files that were opened last: where each was left, which are pinned, and which have gone."""
