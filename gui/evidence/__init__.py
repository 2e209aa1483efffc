"""Evidence: the register of proofs, files on their way into the plant, kept files looked at."""
