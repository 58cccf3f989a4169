"""Screens of accounts: the door (sessions, passwords), oneself (profile), staff."""
