"""The action plan: what each action saves, when and at what cost; which to choose."""
