"""Matching: which deposits, remittances and posting batches are the same money."""
