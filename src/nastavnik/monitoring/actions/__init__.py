"""Writes of monitoring, by noun: requirements, marks, rounds, sheets."""
