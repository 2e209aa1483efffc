"""Keys and certificates of a person: chosen, made, renewed, asked for; signatures in words."""
