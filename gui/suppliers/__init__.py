"""Parts of the page about suppliers: register, undertakings, declarations of minerals, smelters, roll-up, requests."""
