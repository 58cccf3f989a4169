"""Screens of the roadmap: plans, drafts, editing; the board, assignments, evidence, reminders."""
