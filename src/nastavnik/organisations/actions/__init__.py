"""Writes with consequences: organisations (open, change, close, merge) and special days of the working calendar."""

from nastavnik.organisations.actions.places import (
    announce_closings,
    approve_school_list,
    change_card,
    change_cards,
    close_organisation,
    open_organisation,
    open_organisations,
    refuse_closing,
)

__all__ = [
    "announce_closings",
    "approve_school_list",
    "change_card",
    "change_cards",
    "close_organisation",
    "open_organisation",
    "open_organisations",
    "refuse_closing",
]  # fmt: skip
