"""Reads of the roadmap, by screen."""
