"""Report: what stands before it, what it covers, draft, signature, countersignature."""
