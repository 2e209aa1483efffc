"""Savings other than PV, one kind of measure a file: baseline, saving, money and tonnes by year."""
