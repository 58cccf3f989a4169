"""Working days by the production calendar, and who keeps it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.audit.models import Change
from nastavnik.core.errors import Refusal
from nastavnik.organisations.actions.special_days import add_day, change_day, remove_day, take_over_shipped_days
from nastavnik.organisations.calendars import WorkingCalendar
from nastavnik.organisations.enums import DayKind
from nastavnik.organisations.models import SpecialDay
from nastavnik.organisations.working_days import add_working_days, calendar_of, is_working_day, load_calendars, next_working_day
from tests.worlds import World, untouched

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
CALENDARS = st.builds(WorkingCalendar, st.dictionaries(DAYS, st.sampled_from(DayKind.values), max_size=60))


@given(CALENDARS, DAYS)
def test_the_next_working_day_is_the_first_one_from_the_day_on(own: WorkingCalendar, day: date) -> None:
    found = own.next_working_day(day)
    between = [day + timedelta(days=number) for number in range((found - day).days)]
    assert (own.is_working_day(found), [own.is_working_day(one) for one in between]) == (True, [False] * len(between))


@given(CALENDARS, DAYS)
def test_the_previous_working_day_is_the_last_one_up_to_the_day(own: WorkingCalendar, day: date) -> None:
    found = own.previous_working_day(day)
    between = [found + timedelta(days=number + 1) for number in range((day - found).days)]
    assert (own.is_working_day(found), [own.is_working_day(one) for one in between]) == (True, [False] * len(between))


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_working_days_added_are_working_days_passed(own: WorkingCalendar, day: date, number: int) -> None:
    later, earlier = own.add_working_days(day, number), own.add_working_days(day, -number)
    one = timedelta(days=1)
    assert (own.is_working_day(later), own.working_days_between(day + one, later)) == (True, number)
    assert (own.is_working_day(earlier), own.working_days_between(earlier, day - one)) == (True, number)


@given(CALENDARS, DAYS, st.integers(1, 20))
def test_there_and_back_from_a_working_day(own: WorkingCalendar, day: date, number: int) -> None:
    start = own.next_working_day(day)
    assert own.add_working_days(own.add_working_days(start, number), -number) == start


@pytest.mark.parametrize(("year", "working"), [(2025, 247), (2026, 247)])
def test_the_years_that_are_known_have_as_many_working_days_as_the_decree_says(world: World, year: int, working: int) -> None:
    own = calendar_of(world.place("school-1"))
    assert own.working_days_between(date(year, 1, 1), date(year, 12, 31)) == working


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 11, 1), True),  # a working Saturday
        (date(2025, 11, 3), False),  # a Monday off instead
        (date(2026, 1, 9), False),
        (date(2026, 11, 4), False),
        (date(2026, 11, 5), True),
        (date(2026, 12, 31), False),
        (date(2027, 1, 4), False),
        (date(2027, 1, 11), True),
    ],
)
def test_days_of_the_decrees(world: World, day: date, works: bool) -> None:
    assert is_working_day(day, world.place("school-1")) == works


def test_the_nearest_place_wins_and_the_neighbour_keeps_its_own(world: World) -> None:
    region, lakeside, administrator = world.place("region"), world.place("lakeside"), world.user("administrator")
    monday = date(2026, 12, 7)
    terms = {"title": "День области", "source": "Закон области от 01.02.2020 № 5"}
    add_day(place=region, day=monday, kind="day_off", by=world.user("region"), **terms)
    add_day(place=lakeside, day=monday, kind="working", by=administrator, **terms)
    assert [next_working_day(monday, world.place(slug)) for slug in ("school-1", "upland-school", "region")] == [
        monday, monday + timedelta(days=1), monday + timedelta(days=1),
    ]  # fmt: skip
    assert add_working_days(date(2026, 12, 4), 1, world.place("upland-school")) == date(2026, 12, 8)


def test_calendars_of_many_places_take_one_query(world: World, count_queries: Callable[..., int]) -> None:
    slugs = ["school-1", "school-2", "school-10", "upland-school", "region"]
    one, many = [world.place("school-1")], [world.place(slug) for slug in slugs]
    assert (count_queries(lambda: load_calendars(one)), count_queries(lambda: load_calendars(many))) == (1, 1)
    assert count_queries(lambda: [is_working_day(date(2026, 5, 1), place) for place in many]) == 0


def test_what_the_product_ships_is_taken_over_once(world: World) -> None:
    assert take_over_shipped_days() == 0
    SpecialDay.objects.filter(day=date(2026, 1, 9)).delete()
    SpecialDay.objects.filter(day=date(2026, 12, 31)).update(source="иначе")
    assert (take_over_shipped_days(), take_over_shipped_days()) == (2, 0)
    assert list(SpecialDay.objects.filter(day=date(2026, 12, 31)).order_by("pk").values_list("source", "valid_until")) == [
        ("иначе", date(2026, 11, 25)), ("Постановление Правительства РФ от 24.09.2025 № 1466", None),
    ]  # fmt: skip


def test_later_years_are_not_confirmed(world: World, as_: Callable[[str], Any]) -> None:
    assert set(SpecialDay.objects.filter(day__year=2027).values_list("confirmed", flat=True)) == {False}
    page = as_("school").get(reverse("organisations:calendar"), {"year": "2027"})
    assert (page.context["unconfirmed"], page.context["kept"]) == (True, set())
    assert as_("school").get(reverse("organisations:calendar"), {"year": "²"}).context["unconfirmed"] is False


def test_the_region_adds_changes_and_removes_a_day_by_its_pages(world: World, as_: Callable[[str], Any]) -> None:
    browser, region = as_("region"), world.place("region")
    typed = {"place": region.pk, "day": "2026-12-07", "kind": "day_off", "title": "День области", "source": "Закон № 5"}
    assert browser.post(reverse("organisations:save_new_day"), typed).status_code == 302
    again = browser.post(reverse("organisations:save_new_day"), typed)
    assert (again.status_code, again.context["form"].errors["day"]) == (
        422, ["Этот день здесь уже есть в календаре. Измените его строку."],
    )  # fmt: skip
    first = SpecialDay.objects.get(place=region)
    change = {**typed, "day": "2026-12-08"}
    assert browser.post(reverse("organisations:save_day", args=[first.pk]), change).status_code == 302
    second = SpecialDay.objects.in_force().get(place=region)
    assert (second.day, SpecialDay.objects.get(pk=first.pk).valid_until) == (date(2026, 12, 8), date(2026, 11, 25))
    browser.post(reverse("organisations:remove_day", args=[second.pk]))
    assert SpecialDay.objects.in_force().filter(place=region).count() == 0
    noted = Change.objects.filter(object_type="organisations.specialday").values_list("action", flat=True)
    assert sorted(noted) == ["organisations.day_added", "organisations.day_changed", "organisations.day_removed"]


def test_of_two_people_at_one_day_the_second_is_told(world: World) -> None:
    region, by = world.place("region"), world.user("region")
    special = add_day(place=region, day=date(2026, 12, 7), kind="day_off", title="", source="Закон", by=by)
    change_day(special, day=date(2026, 12, 7), kind="shortened", title="", source="Закон", by=by)
    with pytest.raises(Refusal, match="уже изменили или убрали"):
        remove_day(special, by=by)


def test_an_administrator_cannot_add_a_day_for_the_neighbour(world: World, as_: Callable[[str], Any]) -> None:
    before = untouched(SpecialDay.objects.all())
    form = {"place": world.place("upland").pk, "day": "2026-12-07", "kind": "day_off", "source": "Закон"}
    answer = as_("administrator").post(reverse("organisations:save_new_day"), form)
    assert (answer.status_code, untouched(SpecialDay.objects.all()), sorted(answer.context["form"].errors)) == (
        422,
        before,
        ["place"],
    )


def test_a_calendar_of_many_days_takes_as_many_queries_as_one_of_few(
    world: World, as_: Callable[[str], Any], count_queries: Callable[..., int]
) -> None:
    browser, url = as_("administrator"), reverse("organisations:calendar")
    by = world.user("administrator")
    browser.get(url)
    few = count_queries(lambda: browser.get(url))
    for number in range(1, 4):
        add_day(place=world.place("lakeside"), day=date(2026, 12, number), kind="day_off", title="", source="Закон", by=by)
    assert count_queries(lambda: browser.get(url)) == few
