"""Reads of the first screens."""
