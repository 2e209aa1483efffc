"""PDF inside the window (the only user of PDFium)."""
