"""Parts of the page about targets: figures, pathway, and a tab for each thing that is to be known."""
