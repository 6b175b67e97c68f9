"""Exports: what leaves the house as a file."""
