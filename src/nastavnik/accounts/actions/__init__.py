"""Writes with consequences, by noun: throttling, log-ins, passwords and codes, people (accounts), appointments."""
