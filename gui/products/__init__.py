"""Parts of the page about products: footprints down to their contributions, records, sharing, exports."""
