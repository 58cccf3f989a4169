"""The ladder of reminders: its days, its page."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.audit.models import Change
from nastavnik.core.errors import Refusal
from nastavnik.organisations.calendars import WorkingCalendar
from nastavnik.organisations.enums import DayKind
from nastavnik.roadmap.actions.ladders import reset_ladder, set_ladder
from nastavnik.roadmap.enums import Audience
from nastavnik.roadmap.ladders import Ladder, Step, default_ladder
from nastavnik.roadmap.models import ReminderLadder
from nastavnik.roadmap.queries.ladders import ladder_of
from tests.worlds import World, names_on, untouched

COORDINATOR, HEAD, DEPARTMENT = (frozenset({one}) for one in Audience)
DAYS = st.dates(date(2026, 9, 1), date(2026, 12, 31))
CALENDARS = st.builds(WorkingCalendar, st.dictionaries(DAYS, st.sampled_from(DayKind.values), max_size=30))
STEPS = st.lists(st.integers(-20, 20), min_size=1, max_size=5, unique=True).map(
    lambda offsets: tuple(Step(offset, COORDINATOR) for offset in sorted(offsets))
)
LADDERS = st.builds(Ladder, STEPS, st.integers(0, 9), st.booleans())


@given(LADDERS, CALENDARS, DAYS, DAYS)
def test_what_is_spoken_of_on_a_day_is_what_the_steps_of_each_due_day_say(
    ladder: Ladder, own: WorkingCalendar, due_on: date, day: date
) -> None:
    since = own.previous_working_day(day - timedelta(days=1))
    steps = [ladder.day_of(step, due_on, own) for step in ladder.all_steps()]
    wanted = own.is_working_day(day) and any(since < one <= day for one in steps)
    assert (due_on in ladder.due_days(own, since, day)) == wanted


@given(LADDERS, CALENDARS, DAYS)
def test_every_notice_goes_once_on_a_working_day_that_is_not_before_its_step(
    ladder: Ladder, own: WorkingCalendar, due_on: date
) -> None:
    for day, step in ladder.notices(due_on, own, most=8):
        since = own.previous_working_day(day - timedelta(days=1))
        assert (own.is_working_day(day), ladder.day_of(step, due_on, own) <= day, due_on in ladder.due_days(own, since, day)) == (
            True, True, True,
        )  # fmt: skip


def test_nothing_is_lost_over_the_days_on_which_nothing_was_sent() -> None:
    ladder, plain = Ladder((Step(-3, COORDINATOR),)), WorkingCalendar()
    wednesday, friday = date(2026, 11, 25), date(2026, 11, 27)
    assert sorted(ladder.due_days(plain, wednesday, friday)) == [date(2026, 11, 29), date(2026, 11, 30)]


def test_steps_that_meet_on_a_day_speak_to_all() -> None:
    ladder = Ladder((Step(0, COORDINATOR), Step(1, HEAD)))
    monday, friday = date(2026, 11, 30), date(2026, 11, 27)
    assert ladder.due_days(WorkingCalendar(), friday, monday)[date(2026, 11, 29)] == COORDINATOR | HEAD


def test_the_shipped_ladder_around_the_new_year(world: World) -> None:
    assert ladder_of(world.place("lakeside")) == default_ladder()
    assert [step.offset for step in default_ladder().steps] == [-14, -3, 0, 1, 5]


def form_of(*rows: dict[str, Any], **whole: Any) -> dict[str, Any]:
    """A posted ladder."""
    typed = {f"steps-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    counts = {"steps-TOTAL_FORMS": len(rows), "steps-INITIAL_FORMS": 0}
    return {"is_on": "on", "repeat_every": 7, "version": 0, "working_days": "1", **counts, **typed, **whole}


THREE = {"days": 3, "when": "before", "coordinator": "on"}
FIVE = {"days": 5, "when": "after", "head": "on", "department": "on"}


def test_the_page_saves_a_ladder_and_says_when_letters_go(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    page = browser.get(reverse("roadmap:ladder"), {"due_on": "2026-12-15"})
    assert [(day, words) for day, words, _to in page.context["notices"][:6]] == [
        (date(2026, 12, 1), "за 14 дней до срока"), (date(2026, 12, 14), "за 3 дня до срока"), (date(2026, 12, 15), "в день срока"),
        (date(2026, 12, 16), "через 1 день после срока"), (date(2026, 12, 21), "через 5 дней после срока"),
        (date(2026, 12, 25), "через 10 дней после срока"),
    ]  # fmt: skip
    browser.post(reverse("roadmap:save_ladder"), form_of(FIVE, {"days": ""}, THREE))
    saved = ladder_of(world.place("lakeside"))
    assert saved == Ladder((Step(-3, COORDINATOR), Step(5, HEAD | DEPARTMENT)), 7, working_days=True)
    page = browser.get(reverse("roadmap:ladder"), {"due_on": "2026-12-28"})
    assert [day for day, _words, _to in page.context["notices"][:3]] == [
        date(2026, 12, 23), date(2027, 1, 13), date(2027, 1, 22),
    ]  # fmt: skip
    assert (ladder_of(world.place("upland")), Change.objects.get(action="roadmap.ladder_changed").organisation_id) == (
        default_ladder(), world.place("lakeside").pk,
    )  # fmt: skip


def test_a_ladder_can_be_tried_without_being_saved(world: World, as_: Callable[[str], Any]) -> None:
    form = form_of(THREE, due_on="2026-12-15")
    page = as_("municipal").post(reverse("roadmap:save_ladder"), {**form, "try": "1"})
    assert (page.status_code, page.context["unsaved"], [day for day, _words, _to in page.context["notices"]][:2]) == (
        200, True, [date(2026, 12, 10), date(2026, 12, 21)],
    )  # fmt: skip
    assert (ReminderLadder.objects.count(), names_on(page.content.decode())) == (0, [])


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (form_of(THREE, THREE), "Два шага на один день: за 3 дня до срока. Уберите один из них."),
        (form_of({"days": 3, "when": "before"}), "Шаг «за 3 дня до срока» никому не адресован. Отметьте, кому писать."),
        (form_of(), "В лестнице нет ни одного шага. Добавьте шаг или выключите сводку."),
        (form_of({"days": 0, "when": "after", "department": "on"}),
         "До срока управлению писать не о чем: отметьте куратора или руководителя (в день срока)."),
        (form_of(THREE, version=4), "Лестницу напоминаний уже изменили. Откройте страницу ещё раз."),
        (form_of(*({**THREE, "days": number} for number in range(13))),
         "Шагов больше 12. Уберите лишние, иначе письма перестанут читать."),
    ],
)  # fmt: skip
def test_a_wrong_ladder_is_refused_in_one_sentence(
    world: World, as_: Callable[[str], Any], form: dict[str, Any], words: str
) -> None:
    before = untouched(ReminderLadder.objects.all())
    page = as_("municipal").post(reverse("roadmap:save_ladder"), form)
    assert (page.status_code, page.context["whole"].non_field_errors()) == (422, [words])
    assert untouched(ReminderLadder.objects.all()) == before


def test_numbers_that_are_none_stay_in_their_rows(world: World, as_: Callable[[str], Any]) -> None:
    page = as_("municipal").post(reverse("roadmap:save_ladder"), form_of({**THREE, "days": "много"}, repeat_every="-1"))
    assert (page.status_code, page.context["steps"][0]["days"].value(), sorted(page.context["whole"].errors)) == (
        422, "много", ["repeat_every"],
    )  # fmt: skip


def test_the_shipped_ladder_can_be_taken_back(world: World) -> None:
    place, by = world.place("lakeside"), world.user("municipal")
    set_ladder(place, Ladder((Step(-1, HEAD),)), by=by)
    set_ladder(place, Ladder((Step(-1, HEAD),), version=1), by=by)
    assert (ladder_of(place).version, Change.objects.filter(action="roadmap.ladder_changed").count()) == (1, 1)
    reset_ladder(place, by=by)
    assert ladder_of(place) == default_ladder()
    with pytest.raises(Refusal, match="уже действует общая лестница"):
        reset_ladder(place, by=by)
