"""What is seen on a page, on paper: gathered, shown as a PDF, printed or saved."""
