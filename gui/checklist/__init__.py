"""Parts of the page about the checklist: questions by area, what expires and is due, audits by others."""
