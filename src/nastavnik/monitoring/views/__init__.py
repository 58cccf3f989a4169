"""Screens of monitoring: the legality check, its list of requirements, controls."""
