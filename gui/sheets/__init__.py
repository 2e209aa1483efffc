"""Test sheets: items of samples with their evidence."""
