"""One box in which one types what one wants: to do something (Ctrl+K), or to find something (Ctrl+Shift+F)."""
