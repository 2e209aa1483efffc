"""Rules for instruments and allocations, one a file; the file's name is the rule's key and it defines ``RULE``."""
