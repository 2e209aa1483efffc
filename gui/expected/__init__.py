"""Sources that are expected and not entered yet, and the templates of typical plants that name them."""
