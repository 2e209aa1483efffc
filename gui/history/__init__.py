"""The list of changes, what each altered, and the way back."""
