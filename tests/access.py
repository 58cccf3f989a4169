"""One line of the access matrix. Every app lists its addresses in `tests/<app>/access_rows.py` as `ROWS`; the matrix test
walks all of them as every person of the world, and fails when an address of the product has no line."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.worlds import PEOPLE, World

EVERYBODY = frozenset(PEOPLE)
LAKESIDE_LEADERS = frozenset({"municipal_head", "municipal"})
LEADERS = LAKESIDE_LEADERS | {"upland"}  # the neighbour leads its own municipality with the same rights
# Whoever may begin a plan of the own organisation: the department, schools, the region.
PLANNERS = LEADERS | {"region", "school_head", "school", "school_2", "upland_school"}
NO_ARGUMENTS: Callable[[World], dict[str, Any]] = lambda world: {}  # noqa: E731


@dataclass(frozen=True)
class Row:
    """`allowed` may do it (any answer but 403/404; a refusal in words counts as allowed), `unseen` get 404, all others 403.

    `kwargs` names an object of Lakeside. `foreign_kwargs` names the neighbour's object: every one of `allowed` must get
    404 for it. `anonymous` is what a visitor gets: "login" or "ok" (public).
    """

    name: str
    allowed: frozenset[str] | set[str] = EVERYBODY
    unseen: frozenset[str] | set[str] = frozenset()
    kwargs: Callable[[World], dict[str, Any]] = NO_ARGUMENTS
    foreign_kwargs: Callable[[World], dict[str, Any]] | None = None
    method: str = "get"
    form: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    anonymous: str = "login"
    label: str = ""

    @property
    def id(self) -> str:
        """Name of the test case."""
        return " ".join(part for part in (self.method, self.name, self.query, self.label) if part)
