"""Declarations of minerals: whether one is complete, smelters and their standing, the own roll-up."""
