"""The language of deadlines in official plans: a grammar of phrases, their days, and back to a phrase."""

from planreader.deadlines.horizon import read_horizon
from planreader.deadlines.reading import deadline_warnings, read_deadline
from planreader.deadlines.resolving import occurrences_of
from planreader.deadlines.scanning import Found, deadline_prefix, find_day, is_deadline, scan_deadlines
from planreader.deadlines.writing import write_phrase

__all__ = [
    "Found", "deadline_prefix", "deadline_warnings", "find_day", "is_deadline", "occurrences_of", "read_deadline", "read_horizon",
    "scan_deadlines", "write_phrase",
]  # fmt: skip
