"""Returning work of accounts."""

from nastavnik.accounts.actions.throttling import forget_old_counts
from nastavnik.jobs.registry import every


@every("forget old counts of tries", seconds=3600)
def forget_counts() -> None:
    """Counts of past windows."""
    forget_old_counts()
