"""Measures fall to organisations."""

from datetime import date

import pytest

from nastavnik.organisations.actions import close_organisation, open_organisation
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.models import Assignment
from tests.worlds import World


def owed(world: World, slug: str) -> list[tuple[str, date | None]]:
    """What an organisation has to do: (number, due day)."""
    rows = Assignment.objects.filter(organisation__slug=slug).order_by("measure__position", "occurrence")
    return [(row.measure.number, row.due_on) for row in rows]


def test_each_school_gets_its_share_and_the_department_its_own(world: World) -> None:
    school = [
        ("1.1.", date(2026, 9, 30)), ("1.2.", date(2026, 10, 13)), ("2.1.", None), ("2.2.", None),
        ("2.3.", date(2026, 12, 31)), ("2.3.", date(2027, 5, 31)),
    ]  # fmt: skip
    assert owed(world, "school-1") == school
    assert owed(world, "school-10") == school
    assert owed(world, "lakeside") == [("1.3.", date(2026, 9, 30)), ("2.3.", date(2026, 12, 31)), ("2.3.", date(2027, 5, 31))]
    assert owed(world, "partner") == []


def test_a_school_that_opens_later_owes_nothing_for_the_past(world: World) -> None:
    open_organisation(kind=OrganisationKind.SCHOOL, name="Новая школа", parent=world.place("lakeside"), by=None, slug="new")
    assert owed(world, "new") == [("2.1.", None), ("2.2.", None), ("2.3.", date(2026, 12, 31)), ("2.3.", date(2027, 5, 31))]


def test_a_closed_school_keeps_what_was_done_and_owes_nothing_more(world: World) -> None:
    done = world.assignment("1.1.", "school-2")
    Assignment.objects.filter(pk=done.pk).update(state="done", done_on=date(2026, 9, 20))
    close_organisation(world.place("school-2"), on=date(2026, 11, 25), by=None, reason="Слияние", successor=world.place("school-1"))
    states = Assignment.objects.filter(organisation__slug="school-2").order_by("measure__position", "occurrence")
    assert [row.state for row in states] == ["done", *["not_applicable"] * 5]


@pytest.mark.parametrize("slug", ["school-1", "upland-school"])
def test_fan_out_twice_changes_nothing(world: World, slug: str) -> None:
    from nastavnik.roadmap.actions.fanout import fan_out_roadmap

    before = owed(world, slug)
    fan_out_roadmap(world.roadmap, by=None)
    fan_out_roadmap(world.upland_roadmap, by=None)
    assert owed(world, slug) == before
