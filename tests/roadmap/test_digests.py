"""The daily digest: who gets what, once, and only while it is true."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from nastavnik.accounts.actions.appointments import appoint
from nastavnik.accounts.actions.deputies import name_deputy
from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import User
from nastavnik.jobs.models import Job
from nastavnik.notifications.delivery import deliver_queued
from nastavnik.notifications.models import Message
from nastavnik.organisations.actions.special_days import add_day
from nastavnik.roadmap.actions import digests
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.actions.digests import claim, send_digests
from nastavnik.roadmap.actions.ladders import set_ladder
from nastavnik.roadmap.digest_words import MOST_LINES
from nastavnik.roadmap.enums import Audience
from nastavnik.roadmap.ladders import Ladder, Step
from nastavnik.roadmap.models import Assignment, Digest, DigestRun
from nastavnik.roadmap.queries.digests import notices_of
from nastavnik.roadmap.queries.ladders import DaysSpokenOf
from nastavnik.roadmap.tasks import begin_digests
from tests.worlds import CANARIES, TODAY, World, names_on
from tests.worlds import appoint as add_person

SCHOOL_1, SCHOOL_2 = "Школа № 1", "Школа № 2"


@pytest.fixture(autouse=True)
def late_and_soon(world: World) -> None:
    """1.2 was due five days ago everywhere (a step that speaks to all), 2.3 is due in three days, nothing else is spoken of."""
    Assignment.objects.update(due_on=None, awaits_date=False)
    Assignment.objects.filter(measure__number="1.2.").update(due_on=TODAY - timedelta(days=5))
    Assignment.objects.filter(measure__number="2.3.", occurrence=0).update(due_on=TODAY + timedelta(days=3))


@pytest.fixture
def queueing(settings: Any) -> None:
    """A mail server is set up; letters are kept in memory."""
    settings.EMAIL_HOST, settings.PUBLIC_ADDRESS = "mail.example.test", "https://nastavnik.example.test"


def got() -> dict[str, str]:
    """The digests by person."""
    return dict(Message.objects.filter(kind="roadmap.digest").values_list("recipient__username", "body"))


LATE = "– Просрочено на 5 дней: 1.2 Разработка положения (срок 20 ноября 2026)"
SOON = "– Через 3 дня: 2.3 Мониторинг (срок 28 ноября 2026)"


def body(*lines: str) -> str:
    """A digest with these lines."""
    first = "Что подошло по срокам на 25 ноября 2026. Сделанное отметьте, и напоминания о нём прекратятся."
    return "\n".join([first, *lines])


def test_each_person_gets_what_is_due_in_the_own_branch_once(world: World) -> None:
    assert send_digests(TODAY) == 6
    late = "1.2 Разработка положения (срок 20 ноября 2026, просрочено на 5 дней)"
    assert got() == {
        "school": body("", SCHOOL_1, LATE, SOON),
        "school_head": body("", SCHOOL_1, LATE),
        "school_2": body("", SCHOOL_2, LATE, SOON),
        "municipal": body("", "Приозёрный округ", f"– Опаздывают: Школа № 1, Школа № 2 и ещё 1: {late}", SOON),
        "upland": body("", "Нагорный округ", f"– Опаздывает: Нагорная школа: {late}", SOON),
        "upland_school": body("", "Нагорная школа", LATE, SOON),
    }  # fmt: skip
    assert (send_digests(TODAY), Message.objects.count()) == (0, 6)


@pytest.mark.parametrize("name", ["municipal", "school", "school_head", "school_2"])
def test_nothing_of_the_neighbour_is_in_a_digest(world: World, name: str) -> None:
    send_digests(TODAY)
    message = Message.objects.get(recipient=world.user(name))
    others = {"school": [SCHOOL_2, "Школа № 10"], "school_head": [SCHOOL_2], "school_2": [SCHOOL_1]}.get(name, [])
    text = f"{message.subject}\n{message.body}"
    assert (names_on(text), [word for word in others if word in text], CANARIES != ()) == ([], [], True)


def test_subjects_say_how_much(world: World) -> None:
    send_digests(TODAY)
    assert dict(Message.objects.values_list("recipient__username", "subject"))["school"] == (
        "Сроки на 25 ноября 2026: просрочено 1, подходит 1"
    )


def test_nothing_is_sent_when_nothing_is_due(world: World) -> None:
    Assignment.objects.update(due_on=TODAY + timedelta(days=40))
    assert (send_digests(TODAY), Message.objects.count(), Digest.objects.count()) == (0, 0, 0)
    assert DigestRun.objects.get(day=TODAY).finished_at is not None


def test_what_is_done_or_not_required_is_left_out(world: World) -> None:
    for number, state in (("1.2.", "done"), ("2.3.", "not_applicable")):
        mark_assignment(world.assignment(number, "school-2"), state=state, reason="Нет классов", by=world.user("municipal"))
    send_digests(TODAY)
    assert "school_2" not in got()


def test_several_places_of_one_person_are_one_message(world: World) -> None:
    appoint(world.user("school"), world.place("school-10"), role=Role.SCHOOL_COORDINATOR, starts_on=TODAY, by=None)
    send_digests(TODAY)
    assert got()["school"] == body("", SCHOOL_1, LATE, SOON, "", "Школа № 10", LATE, SOON)


def test_a_long_digest_is_cut_at_the_worst(world: World) -> None:
    one = world.assignment("2.2.", "school-1")
    terms = {"roadmap": one.roadmap, "measure": one.measure, "organisation": one.organisation, "region_id": one.region_id}
    days = [TODAY - timedelta(days=10 + 5 * (number % 2)) for number in range(MOST_LINES)]
    Assignment.objects.bulk_create(Assignment(**terms, occurrence=number + 1, due_on=day) for number, day in enumerate(days))
    send_digests(TODAY)
    lines = [line for line in got()["school"].splitlines() if line.startswith("– ")]
    worst = "– Просрочено на 15 дней: 2.2 Формирование базы наставников (срок 10 ноября 2026)"
    assert (len(lines), lines[0], got()["school"].splitlines()[-1]) == (MOST_LINES, worst, "И ещё дел: 2. Все видны в системе.")


def test_the_ladder_of_the_municipality_holds_below_it_and_nowhere_else(world: World) -> None:
    ladder = Ladder((Step(-3, frozenset({Audience.HEAD})),))
    set_ladder(world.place("lakeside"), ladder, by=world.user("municipal"))
    send_digests(TODAY)
    assert {name: text for name, text in got().items() if not name.startswith("upland")} == {
        "school_head": body("", SCHOOL_1, SOON), "municipal_head": body("", "Приозёрный округ", SOON),
    }  # fmt: skip
    assert sorted(name for name in got() if name.startswith("upland")) == ["upland", "upland_school"]


def test_a_ladder_that_is_off_sends_nothing(world: World) -> None:
    set_ladder(world.place("lakeside"), Ladder((), is_on=False), by=world.user("municipal"))
    send_digests(TODAY)
    assert sorted(got()) == ["upland", "upland_school"]


def test_on_a_day_off_nobody_is_written_to_and_the_next_day_makes_up_for_it(world: World) -> None:
    add_day(place=world.place("lakeside"), day=TODAY, kind="day_off", title="", source="Закон", by=world.user("administrator"))
    send_digests(TODAY)
    assert sorted(got()) == ["upland", "upland_school"]
    with time_machine.travel(TODAY + timedelta(days=1, hours=9), tick=False):
        send_digests(TODAY + timedelta(days=1))
    late = LATE.replace("на 5 дней", "на 6 дней")
    assert got()["school"] == body("", SCHOOL_1, late, SOON.replace("Через 3 дня", "Через 2 дня")).replace("на 25 ноя", "на 26 ноя")


def test_a_day_on_which_the_machine_stood_still_is_made_up_for(world: World) -> None:
    DigestRun.objects.create(day=TODAY - timedelta(days=2), finished_at=timezone.now())
    Assignment.objects.update(due_on=TODAY + timedelta(days=2))
    send_digests(TODAY)
    assert "school" in got()


def test_the_deputy_gets_it_instead_and_sees_for_whom(world: World) -> None:
    away = world.user("school").appointments.get()
    name_deputy(away, deputy=world.user("deputy"), starts_on=TODAY, ends_on=TODAY, reason="vacation", by=None)
    send_digests(TODAY)
    assert (got().get("school"), got()["deputy"]) == (None, body("", f"{SCHOOL_1} (за: Орлова А. П.)", LATE, SOON))


def test_somebody_who_reads_as_oneself_does_not_read_it_twice(world: World) -> None:
    away = world.user("school").appointments.get()
    name_deputy(away, deputy=world.user("school_head"), starts_on=TODAY, ends_on=TODAY, reason="vacation", by=None)
    send_digests(TODAY)
    assert got()["school_head"] == body("", SCHOOL_1, LATE, "", f"{SCHOOL_1} (за: Орлова А. П.)", SOON)


def test_a_person_without_a_log_in_gets_nothing(world: World) -> None:
    User.objects.filter(username="school").update(is_active=False)
    send_digests(TODAY)
    assert ("school" in got(), got()["school_head"]) == (False, body("", SCHOOL_1, LATE, SOON))


def test_a_crash_in_the_middle_loses_nobody_and_tells_nobody_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "BATCH", 1)  # in whatever order people come, two of the six are told when it stops

    def stop(sent: int) -> None:
        if sent == 2:
            raise RuntimeError("the machine stops")

    with pytest.raises(RuntimeError):
        send_digests(TODAY, after_batch=stop)
    assert len(got()) == 2
    send_digests(TODAY)
    assert (len(got()), Message.objects.count(), DigestRun.objects.get().finished_at is not None) == (6, 6, True)


def test_of_two_workers_at_once_one_sends(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other worker writes the same people between our look and our write."""
    look = digests.notices_of

    def slow_look(people: Any, spoken: Any) -> Any:
        found = look(people, spoken)
        monkeypatch.setattr(digests, "notices_of", look)
        digests.send_batch(list(people)[:4], DaysSpokenOf(TODAY))
        return found

    monkeypatch.setattr(digests, "notices_of", slow_look)
    send_digests(TODAY)
    assert (len(got()), Message.objects.count(), Digest.objects.filter(message=None).count()) == (6, 6, 0)


def test_a_row_of_somebody_else_is_not_ours(world: World) -> None:
    people = [world.user("school").pk, world.user("school_2").pk]
    assert (sorted(claim(people, TODAY)), claim(people, TODAY)) == (sorted(people), [])


def test_queued_mail_says_what_is_true_when_it_goes(world: World, queueing: None) -> None:
    send_digests(TODAY)
    mark_assignment(world.assignment("1.2.", "school-1"), state="done", by=world.user("school"))
    for number in ("1.2.", "2.3."):
        mark_assignment(world.assignment(number, "school-2"), state="done", by=world.user("school_2"))
    deliver_queued()
    letters = {letter.to[0].partition("@")[0]: letter for letter in mail.outbox}
    assert sorted(letters) == ["municipal", "school", "upland", "upland_school"]
    assert (letters["school"].subject, got()["school"]) == ("Сроки на 25 ноября 2026: подходит 1", body("", SCHOOL_1, SOON))
    assert letters["school"].body.startswith(body("", SCHOOL_1, SOON) + "\n\nhttps://nastavnik.example.test/\n\n")
    states = dict(Message.objects.values_list("recipient__username", "mail_state"))
    assert (states["school_2"], states["school_head"], states["school"]) == ("outdated", "outdated", "sent")


def test_a_batch_takes_as_many_queries_for_two_people_as_for_seven(world: World, count_queries: Callable[..., int]) -> None:
    def ask(*names: str) -> int:
        people: list[UUID] = [world.user(name).pk for name in names]
        return count_queries(lambda: notices_of(people, DaysSpokenOf(TODAY)))

    assert ask("school", "municipal") == ask(
        "school", "school_2", "municipal", "municipal_head", "upland", "upland_school", "school_head"
    )


def test_the_schedule_waits_for_the_hour_and_asks_until_all_is_done(
    world: World, run_jobs: Callable[[], None], settings: Any
) -> None:
    settings.DIGEST_HOUR = 8
    for hour, jobs in ((7, 0), (8, 1), (9, 0)):
        with time_machine.travel(datetime.fromisoformat(f"2026-11-25T{hour:02d}:00:00+03:00"), tick=False):
            begin_digests()
            begin_digests()
            assert Job.objects.filter(state="queued").count() == jobs
            run_jobs()
    assert (len(got()), Job.objects.get().result) == (6, {"sent": 6})


def test_a_job_that_lay_over_midnight_writes_nothing(world: World, run_jobs: Callable[[], None]) -> None:
    begin_digests()
    with time_machine.travel(datetime.fromisoformat("2026-11-26T00:05:00+03:00"), tick=False):
        run_jobs()
    assert (Message.objects.count(), Job.objects.get().result) == (0, {"sent": 0})


def test_a_school_without_a_coordinator_is_told_through_its_head(world: World) -> None:
    add_person("head_10", Role.SCHOOL_HEAD, world.place("school-10"), "Дроздов", "Илья", "")
    send_digests(TODAY)
    assert got()["head_10"] == body("", "Школа № 10", LATE, SOON)


def test_words_of_days() -> None:
    from nastavnik.roadmap.digest_words import distance

    today = date(2026, 11, 25)
    assert [distance(today + timedelta(days=days), today) for days in (-21, -2, 0, 1, 5)] == [
        "просрочено на 21 день", "просрочено на 2 дня", "срок сегодня", "через 1 день", "через 5 дней",
    ]  # fmt: skip
