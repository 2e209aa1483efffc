"""Savings: measures besides PV."""
