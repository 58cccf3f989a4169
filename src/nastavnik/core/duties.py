"""A duty is anything that waits for a person. Apps register providers; the desk shows each person at most ten,
worst first, each with one action (design: duties)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of «Сегодня»: what, why, by when and the one thing to do.

    `rank` orders duties of the same group: 0 is worst. `due_on` before today makes it overdue; None waits for a decision.
    One that `posts` sends `hidden_fields` to its address; `acting_for` names the colleague for whom it is done.
    """

    title: str
    reason: str
    action: str
    url: str
    icon: str
    due_on: date | None = None
    rank: int = 50
    waiting_since: date | None = None
    hidden_fields: dict[str, str] = field(default_factory=dict)
    posts: bool = False
    acting_for: str = ""


Provider = Callable[[Any, date], Iterable[Duty]]
_providers: list[Provider] = []


def register_duties(provider: Provider) -> Provider:
    """Decorator: `provider(user, today)` yields the duties of the user's present appointment."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def duties_of(user: Any, today: date) -> list[Duty]:
    """All duties of the user, overdue ones first (longest overdue first), then by date, then waiting ones."""
    found = [duty for provider in _providers for duty in provider(user, today)]
    return sorted(found, key=lambda duty: (duty.due_on is None, duty.due_on or duty.waiting_since or today, duty.rank))
