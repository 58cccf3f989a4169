"""Screens of organisations: places and their cards, the school list from a table."""
