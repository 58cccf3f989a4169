"""Writes with consequences, by noun: plans, drafts, fan-out, assignments, reminders."""
