"""Calendars by a secret link, read by the library and by a strict reader of our own."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from nastavnik.accounts.actions.appointments import appoint
from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment, User
from nastavnik.audit.models import Change
from nastavnik.core.identifiers import uuid7
from nastavnik.roadmap.actions.assignments import mark_assignment, name_own_date
from nastavnik.roadmap.actions.feeds import MOST_FEEDS, READS_OF_LINK, WRONG_LINKS, open_feed, revoke_feed
from nastavnik.roadmap.models import Assignment, CalendarFeed
from tests.worlds import PEOPLE, World, names_on


def link(world: World, name: str, query: str = "") -> str:
    """The address of a new link."""
    _feed, token = open_feed(name="Дорожная карта", query=query, by=world.user(name))
    return reverse("roadmap:calendar_feed", args=[token])


def read(client: Any, address: str) -> list[dict[str, str]]:
    """The events of a calendar by both readers, which must agree."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    strict = strictly_read(response.content)
    library = [
        {"UID": str(event["uid"]), "SUMMARY": str(event["summary"]), "DTSTART": f"{event['dtstart'].dt:%Y%m%d}"}
        for event in Calendar.from_ical(response.content).walk("VEVENT")
    ]
    assert [{name: event[name] for name in ("UID", "SUMMARY", "DTSTART")} for event in strict] == library
    return strict


def strictly_read(content: bytes) -> list[dict[str, str]]:
    """RFC 5545 line by line: CRLF, 75 octets, whole letters, required properties once, all-day dates."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    lines = content[:-2].split(b"\r\n")
    assert [line for line in lines if len(line) > 75 or not line] == []
    for line in lines:
        line.decode()  # no letter is cut in two
    unfolded = re.sub(r"\r\n[ \t]", "", content.decode()).removesuffix("\r\n").split("\r\n")
    assert (unfolded[0], unfolded[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    head = unfolded[: unfolded.index("BEGIN:VEVENT")] if "BEGIN:VEVENT" in unfolded else unfolded
    assert [sum(line.startswith(name) for line in head) for name in ("VERSION:2.0", "PRODID:-//", "METHOD")] == [1, 1, 0]
    events: list[dict[str, str]] = []
    for line in unfolded[len(head) :]:
        if line == "BEGIN:VEVENT":
            events.append({})
        elif not line.startswith(("END:", "BEGIN:")):
            events[-1] |= property_of(line, events[-1])
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "STATUS", "URL"} <= set(event)
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        assert datetime.strptime(event["DTEND"], "%Y%m%d") - datetime.strptime(event["DTSTART"], "%Y%m%d") == timedelta(days=1)
    assert len({event["UID"] for event in events}) == len(events)
    return events


def property_of(line: str, seen: dict[str, str]) -> dict[str, str]:
    """A property that may stand once, its text unescaped."""
    name, _colon, value = line.partition(":")
    bare, _semicolon, parameters = name.partition(";")
    assert re.fullmatch(r"[A-Z-]+", bare)
    assert bare not in seen
    assert parameters == ("VALUE=DATE" if bare in ("DTSTART", "DTEND") else "")
    return {bare: re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)}


def test_a_school_reads_its_days(world: World, client: Any) -> None:
    mark_assignment(world.assignment("1.1.", "school-1"), state="done", by=world.user("school"))
    mark_assignment(world.assignment("1.2.", "school-1"), state="not_applicable", reason="Нет", by=world.user("school"))
    events = read(client, link(world, "school"))
    assert [(event["DTSTART"], event["SUMMARY"], event["STATUS"], event["SEQUENCE"]) for event in events] == [
        ("20260930", "✓ 1.1. Назначение кураторов", "CONFIRMED", "1"), ("20261013", "1.2. Разработка положения", "CANCELLED", "1"),
        ("20261231", "2.3. Мониторинг", "CONFIRMED", "0"), ("20270531", "2.3. Мониторинг", "CONFIRMED", "0"),
    ]  # fmt: skip
    key = world.assignment("1.1.", "school-1").pk
    assert (events[0]["UID"], events[0]["URL"]) == (
        f"assignment-{key}@testserver", f"http://testserver{reverse('roadmap:assignment_detail', args=[key])}",
    )  # fmt: skip
    assert events[0]["DESCRIPTION"] == "Сделано с опозданием\nСрок в плане: Сентябрь 2026"


def test_the_department_reads_measures_with_their_schools(world: World, client: Any) -> None:
    mark_assignment(world.assignment("1.2.", "school-1"), state="done", done_on=date(2026, 10, 1), by=world.user("school"))
    events = read(client, link(world, "municipal", "q=положения"))
    assert [(event["SUMMARY"], event["DESCRIPTION"], event["UID"]) for event in events] == [
        (
            "1.2. Разработка положения (1/3)",
            "Сделали: 1 из 3. Просрочено: 2.",
            f"measure-{world.measure('1.2.').pk}-20261013@testserver",
        )
    ]


def test_no_name_of_a_person_and_no_word_of_the_neighbour(world: World, client: Any) -> None:
    surnames = [surname for _role, _place, surname, *_rest in PEOPLE.values()]
    for name in ("municipal", "school", "partner", "mentor"):
        text = client.get(link(world, name)).content.decode().replace("\r\n ", "")
        assert (names_on(text), [surname for surname in surnames if surname in text]) == ([], [])


@pytest.mark.parametrize("name", ["partner", "mentor"])
def test_who_may_not_see_the_plan_has_an_empty_calendar(world: World, client: Any, name: str) -> None:
    assert read(client, link(world, name)) == []


def test_filters_never_reach_beyond_the_branch(world: World, client: Any) -> None:
    assert read(client, link(world, "municipal", f"roadmap={world.upland_roadmap.pk}")) == []
    assert read(client, link(world, "school", "organisation=school-2")) == []


def test_the_sequence_grows_and_the_name_of_an_event_stays(world: World, client: Any) -> None:
    address, assignment = link(world, "school"), world.assignment("1.2.", "school-1")
    before = read(client, address)[1]
    name_own_date(assignment, due_on=date(2026, 12, 1), reason="Карантин", by=world.user("school"))
    after = next(event for event in read(client, address) if event["UID"] == before["UID"])
    assert (before["SEQUENCE"], after["SEQUENCE"], after["DTSTART"]) == ("0", "1", "20261201")
    assert after["LAST-MODIFIED"] == f"{timezone.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"


def test_long_words_are_folded_between_letters(world: World, client: Any) -> None:
    words = "Ё" * 60 + "; наставник, «пара» \\ \r\nрезультат " * 8
    world.measure("1.2.").__class__.objects.filter(pk=world.measure("1.2.").pk).update(text=words, result=words)
    event = read(client, link(world, "school", "section=0"))[1]
    assert event["DESCRIPTION"].replace("\r\n", "\n").endswith(words.replace("\r\n", "\n"))


def test_an_unchanged_calendar_is_not_sent_again(world: World, client: Any) -> None:
    address = link(world, "school")
    first = client.get(address)
    same = client.get(address, headers={"If-None-Match": first["ETag"]})
    since = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert [(one.status_code, one.content, one["ETag"]) for one in (same, since)] == [(304, b"", first["ETag"])] * 2
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        mark_assignment(world.assignment("1.1.", "school-1"), state="done", by=world.user("school"))
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200
        assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200


def test_what_has_become_late_overnight_is_sent(world: World, client: Any) -> None:
    name_own_date(world.assignment("2.1.", "school-1"), due_on=date(2026, 11, 25), by=world.user("school"))
    address = link(world, "school")
    first = client.get(address)
    with time_machine.travel("2026-11-26T09:00:00+03:00", tick=False):
        again = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
        assert (again.status_code, again["ETag"] == first["ETag"]) == (200, False)


def end_appointment(world: World) -> None:
    """School 1's coordinator has left."""
    Appointment.objects.filter(user=world.user("school")).update(ends_on=date(2026, 11, 24))


def block(world: World) -> None:
    """The log-in is closed."""
    User.objects.filter(username="school").update(is_active=False)


def close(world: World) -> None:
    """The school is closed."""
    place = world.place("school-1")
    place.closed_on = date(2026, 11, 20)
    place.save(update_fields=["closed_on"])


def revoke(world: World) -> None:
    """The person takes the link back, twice."""
    for _time in range(2):
        revoke_feed(CalendarFeed.objects.get(), by=world.user("school"))


@pytest.mark.parametrize("end", [end_appointment, block, close, revoke])
def test_a_link_ends_with_what_it_stands_on(world: World, client: Any, end: Callable[[World], None]) -> None:
    address = link(world, "school")
    assert client.get(address).status_code == 200
    end(world)
    assert (client.get(address).status_code, CalendarFeed.objects.get().times_read) == (404, 1)


def test_another_appointment_does_not_keep_an_ended_link(world: World, client: Any) -> None:
    address = link(world, "school")
    end_appointment(world)
    appoint(world.user("school"), world.place("school-2"), role=Role.SCHOOL_COORDINATOR, starts_on=date(2026, 11, 1), by=None)
    assert client.get(address).status_code == 404


def test_the_link_is_shown_once_and_kept_as_a_digest(world: World, as_: Callable[[str], Any], client: Any) -> None:
    browser, form = as_("municipal"), {"name": "Опоздания", "key": str(uuid7()), "query": "state=late&after=x&order=due"}
    response = browser.post(reverse("roadmap:make_feed"), form)
    address = response.context["link"]
    feed = CalendarFeed.objects.get()
    assert (feed.query, feed.appointment, feed.region_id, feed.last_read_at) == (
        "state=late", world.user("municipal").appointment, world.place("region").pk, None,
    )  # fmt: skip
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert (token in str(CalendarFeed.objects.values()), len(token)) == (False, 43)
    assert address not in browser.get(reverse("roadmap:calendar_feeds")).content.decode()
    assert "no-store" in response["Cache-Control"]
    assert {event["DTSTART"] for event in read(client, address)} == {"20260930", "20261013"}
    again = browser.post(reverse("roadmap:make_feed"), form)
    assert (again.status_code, again.context["form"].non_field_errors(), CalendarFeed.objects.count()) == (
        422, ["Ссылка уже создана. Если вы её не сохранили, отзовите её и создайте новую."], 1,
    )  # fmt: skip
    assert Change.objects.get(action="roadmap.feed_opened").after == {"title": "Опоздания"}


def test_the_page_says_when_a_link_was_read(world: World, as_: Callable[[str], Any], client: Any) -> None:
    address = link(world, "municipal")
    for _time in range(2):
        client.get(address)
    (feed,) = as_("municipal").get(reverse("roadmap:calendar_feeds")).context["feeds"]
    assert (feed.times_read, feed.last_read_at) == (2, timezone.now())
    assert as_("municipal_head").get(reverse("roadmap:calendar_feeds")).context["feeds"] == []


def test_a_person_revokes_on_the_page(world: World, as_: Callable[[str], Any], client: Any) -> None:
    address, browser = link(world, "municipal"), as_("municipal")
    for _time in range(2):
        browser.post(reverse("roadmap:revoke_feed", args=[CalendarFeed.objects.get().pk]))
    assert (client.get(address).status_code, Change.objects.filter(action="roadmap.feed_revoked").count()) == (404, 1)


def test_there_is_an_end_to_links(world: World, as_: Callable[[str], Any]) -> None:
    for _number in range(MOST_FEEDS):
        link(world, "municipal")
    response = as_("municipal").post(reverse("roadmap:make_feed"), {"name": "Ещё", "key": str(uuid7())})
    assert (response.context["form"].non_field_errors(), response.context["form"]["name"].value()) == (
        ["У вас уже 10 действующих ссылок. Отзовите ненужную и создайте новую."], "Ещё",
    )  # fmt: skip


def test_reading_too_often_is_slowed_down(world: World, client: Any) -> None:
    address = link(world, "school")
    answers = [client.get(address).status_code for _time in range(READS_OF_LINK.most + 1)]
    assert (set(answers[:-1]), answers[-1]) == ({200}, 429)


def test_guessing_is_slowed_down(world: World, client: Any) -> None:
    wrong = reverse("roadmap:calendar_feed", args=["wrong"])
    answers = [client.get(wrong).status_code for _time in range(WRONG_LINKS.most + 1)]
    assert (set(answers[:-1]), answers[-1]) == ({404}, 429)
    assert client.get(link(world, "school")).status_code == 200


def test_a_link_takes_no_other_method(world: World, client: Any) -> None:
    address = link(world, "school")
    assert [getattr(client, method)(address).status_code for method in ("post", "put", "delete", "head")] == [405, 405, 405, 200]


def test_the_cost_does_not_grow_with_the_events(
    world: World, client: Any, count_queries: Callable[[Callable[[], Any]], int]
) -> None:
    one, three = link(world, "school", "q=кураторов"), link(world, "school")
    assert (len(read(client, one)), len(read(client, three))) == (1, 4)
    assert count_queries(lambda: client.get(one)) == count_queries(lambda: client.get(three))


def test_what_is_old_is_left_out(world: World, client: Any) -> None:
    Assignment.objects.filter(pk=world.assignment("1.1.", "school-1").pk).update(due_on=date(2026, 7, 1))
    assert [event["DTSTART"] for event in read(client, link(world, "school"))] == ["20261013", "20261231", "20270531"]
