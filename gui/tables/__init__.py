"""Big tables: model, grid, tools, rows typed into them, imported and exported."""
