"""Whom head office believes and for whom it answers: its root, certificates, revocations, authorities of others."""
