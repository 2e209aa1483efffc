"""The window: pages over one Session. Qt lives here and nowhere else."""
