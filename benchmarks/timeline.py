"""How the timeline grows: plans of 41 and 500 measures in a municipality of 12 and of 1,200 schools. Prints queries, milliseconds
(best of five) and bytes per page. Without «large» the 500 measures of 1,200 schools (600,000 assignments) are left out.

Runs in scratch SQLite files; with DATABASE_URL set, in that PostgreSQL server's test database.
"""

import sys
from collections.abc import Iterator
from functools import partial

from django.test import Client
from django.urls import reverse

from benchmarks import board
from benchmarks.board import build, connection, hand_out, measure_page, school_year_of, setup_test_environment, timezone
from nastavnik.accounts.models import User
from nastavnik.roadmap.models import Measure, MeasureDependency, Roadmap

SIZES = (41, 500)


def addresses(roadmap: Roadmap) -> dict[str, str]:
    """The pages that are measured."""
    url = reverse("roadmap:timeline", args=[roadmap.pk])
    measure = roadmap.measures.order_by("position").first()
    return {
        "scale": url, "quarter, facts": f"{url}?zoom=quarter&fact=1", "filtered": f"{url}?state=late&q=семинар",
        "table": f"{url}?view=table", "panel": f"{url}?open={measure.pk}",
        "move": f"{reverse('roadmap:move_form', args=[measure.pk])}?ends_on=2027-01-12",
        "print": reverse("roadmap:timeline_print", args=[roadmap.pk]),
    }  # fmt: skip


def plans(times: int, *, large: bool) -> Iterator[tuple[int, User, Roadmap]]:
    """Plans of each size in one municipality, every fifth measure after the one before it."""
    board.MEASURES, board.SECTIONS = SIZES[0], 1
    leader, roadmap, _seconds = build(times)
    bind(roadmap)
    yield SIZES[0], leader, roadmap
    if times < 100 or large:
        board.MEASURES, board.SECTIONS = SIZES[1], 10
        longer, _seconds = hand_out(roadmap.organisation, school_year_of(timezone.localdate()).begins + 1)
        bind(longer)
        yield SIZES[1], leader, longer


def bind(roadmap: Roadmap) -> None:
    """An order."""
    measures: list[Measure] = list(roadmap.measures.order_by("position"))
    MeasureDependency.objects.bulk_create(
        MeasureDependency(roadmap=roadmap, measure=measures[place], after=measures[place - 1])
        for place in range(5, len(measures), 5)
    )


def main() -> None:
    """Build, measure, print."""
    large = "large" in sys.argv
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(f"{connection.vendor}\n{'':16}{'schools':>8}{'measures':>10}{'queries':>9}{'ms':>9}{'bytes':>10}")
        for times in (1, 100):
            for size, leader, roadmap in plans(times, large=large):
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
                browser = Client()
                browser.force_login(leader)
                for name, address in addresses(roadmap).items():
                    queries, best, length = measure_page(partial(browser.get, address))
                    print(f"{name:16}{times * board.SCHOOLS:>8}{size:>10}{queries:>9}{best:>9.1f}{length:>10}", flush=True)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
