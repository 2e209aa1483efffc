"""Head office at work: the open group file and the queues that belong to it."""
