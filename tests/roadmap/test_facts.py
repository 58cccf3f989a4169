"""Facts close assignments, open them again, and leave alone what a person has decided."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from nastavnik.accounts.actions.appointments import appoint as appoint_person
from nastavnik.accounts.actions.appointments import change_dates, end_appointment
from nastavnik.accounts.models import Appointment
from nastavnik.audit.models import Change
from nastavnik.core.errors import Refusal
from nastavnik.notifications.models import Message
from nastavnik.organisations.actions import open_organisation
from nastavnik.roadmap.actions.assignments import add_link, mark_assignment, remove_evidence, return_to_facts
from nastavnik.roadmap.actions.bulk import bulk_preview
from nastavnik.roadmap.actions.fact_binding import bind_facts, copy_facts
from nastavnik.roadmap.actions.facts import sweep_facts, touch_facts
from nastavnik.roadmap.actions.settling import settle_deadline
from nastavnik.roadmap.facts import FactAnswer, combined
from nastavnik.roadmap.models import Assignment, FactState, Measure, MeasureFact
from tests.worlds import World, untouched

COORDINATOR, EVERYWHERE, UPLOADED = "coordinator_appointed", "schools_have_coordinators", "evidence_uploaded"
NO_COORDINATOR, SINCE_AUGUST = "Куратора в школе нет.", "Куратор назначен с 01.08.2026."


def bound(world: World, number: str, *codes: str, rule: str = "all") -> Measure:
    """Bind a measure of Lakeside's plan."""
    return bind_facts(world.measure(number), codes=codes, rule=rule, by=world.user("municipal"))


def marks(world: World, number: str) -> list[tuple[str, int, str, str]]:
    """(organisation, occurrence, state, who holds the mark) of a measure."""
    rows = world.measure(number).assignments.order_by("organisation__kind", "organisation__sort_key", "occurrence")
    return list(rows.values_list("organisation__slug", "occurrence", "state", "fact_mark"))


def states(world: World, number: str) -> dict[str, str]:
    """Organisation > state of the first date of a measure."""
    return {slug: state for slug, occurrence, state, _mark in marks(world, number) if not occurrence}


def held_by(name: str) -> Appointment:
    """The appointment of somebody."""
    return Appointment.objects.get(user__username=name)


def give_coordinator(world: World, slug: str) -> Appointment:
    """The mentor of school 1 becomes the coordinator of another school."""
    return appoint_person(
        world.user("mentor"), world.place(slug), role="school_coordinator", starts_on=date(2026, 11, 1), by=None
    )  # fmt: skip


def told() -> list[tuple[str, str, str]]:
    """(recipient, subject, text) of what was opened again."""
    rows = Message.objects.filter(kind="roadmap.reopened").order_by("recipient__username")
    return list(rows.values_list("recipient__username", "subject", "body"))


def neighbours() -> Any:
    """Everything that belongs to the neighbour."""
    answers = FactState.objects.filter(organisation__municipality__slug="upland")
    return untouched(Assignment.objects.filter(roadmap__organisation__slug="upland")), untouched(answers)


def test_binding_is_previewed_and_closes_what_holds(world: World, as_: Callable[[str], Any]) -> None:
    before, browser = neighbours(), as_("municipal")
    address = reverse("roadmap:fact_form", args=[world.measure("1.1.").pk])
    preview = browser.get(address, {"codes": COORDINATOR, "rule": "all"}).context["preview"]
    assert (preview.closes, preview.begins, preview.stays, preview.by_hand, preview.not_concerned) == (2, 0, 1, 0, 0)
    assert set(states(world, "1.1.").values()) == {"planned"}
    answer = browser.post(
        reverse("roadmap:bind_facts", args=[world.measure("1.1.").pk]), {"codes": COORDINATOR, "rule": "all"}, follow=True
    )
    assert [str(one) for one in answer.context["messages"]] == ["Связь сохранена. Дальше задания отмечаются сами."]
    assert marks(world, "1.1.") == [
        ("school-1", 0, "done", "by_fact"), ("school-2", 0, "done", "by_fact"), ("school-10", 0, "planned", ""),
    ]  # fmt: skip
    assert world.assignment("1.1.", "school-1").done_on == date(2026, 8, 1)
    change = Change.objects.filter(action="roadmap.closed_by_fact").get(object_id=str(world.assignment("1.1.", "school-1").pk))
    assert (change.actor_id, change.reason, change.before, change.after) == (
        None, SINCE_AUGUST, {"state": "planned", "done_on": None}, {"state": "done", "done_on": "2026-08-01"},
    )  # fmt: skip
    assert neighbours() == before


def test_an_appointment_closes_and_its_end_opens_again_with_a_notice(world: World) -> None:
    bound(world, "1.1.", COORDINATOR)
    give_coordinator(world, "school-10")
    assert states(world, "1.1.") == {"school-1": "done", "school-2": "done", "school-10": "done"}
    assert world.assignment("1.1.", "school-10").done_on == date(2026, 11, 1)
    before = neighbours()
    end_appointment(held_by("school"), on=date(2026, 11, 24), reason="Ушла", by=None)
    assert states(world, "1.1.") == {"school-1": "planned", "school-2": "done", "school-10": "done"}
    assert told() == [(
        "school_head", "Снова открыто: мероприятие 1.1",
        f"Мероприятие 1.1 «Назначение кураторов» было закрыто по факту и снова открыто. {NO_COORDINATOR}",
    )]  # fmt: skip
    one = world.assignment("1.1.", "school-1")
    assert (one.fact_mark, one.fact_note, one.done_on, neighbours()) == (
        "", f"Снова открыто 25 ноября. {NO_COORDINATOR}", None, before,
    )  # fmt: skip


def test_the_calendar_alone_opens_again(world: World) -> None:
    bound(world, "1.1.", COORDINATOR)
    change_dates(held_by("school"), starts_on=date(2026, 8, 1), ends_on=date(2026, 12, 10), reason="Отпуск", by=None)
    assert states(world, "1.1.")["school-1"] == "done"
    with time_machine.travel("2026-12-11T09:00:00+03:00", tick=False):
        sweep_facts()
        assert states(world, "1.1.") == {"school-1": "planned", "school-2": "done", "school-10": "planned"}
        assert [recipient for recipient, _subject, _text in told()] == ["school_head"]
        assert sweep_facts() == 0


def test_asking_twice_changes_nothing(world: World) -> None:
    bound(world, "1.1.", COORDINATOR)
    before = (untouched(Assignment.objects), untouched(FactState.objects), Change.objects.count())
    everybody = [world.place(slug).pk for slug in ("school-1", "school-2", "school-10", "upland-school")]
    assert [touch_facts(COORDINATOR, everybody, by=None), touch_facts(COORDINATOR, everybody, by=None)] == [0, 0]
    bound(world, "1.1.", COORDINATOR)
    assert (untouched(Assignment.objects), untouched(FactState.objects), Change.objects.count()) == before
    assert touch_facts("nobody_knows_it", everybody, by=None) == 0


def test_marks_of_people_stay(world: World, as_: Callable[[str], Any]) -> None:
    leader = world.user("municipal")
    mark_assignment(world.assignment("1.1.", "school-10"), state="done", reason="Видели приказ", by=leader)
    mark_assignment(world.assignment("1.1.", "school-2"), state="not_applicable", reason="Нет классов", by=leader)
    kept = untouched(Assignment.objects.filter(measure=world.measure("1.1.")).exclude(organisation__slug="school-1"))
    address = reverse("roadmap:fact_form", args=[world.measure("1.1.").pk])
    preview = as_("municipal").get(address, {"codes": COORDINATOR, "rule": "all"}).context["preview"]
    assert (preview.closes, preview.by_hand) == (1, 2)
    bound(world, "1.1.", COORDINATOR)
    end_appointment(give_coordinator(world, "school-10"), on=date(2026, 11, 24), reason="Ушла", by=None)
    assert untouched(Assignment.objects.filter(measure=world.measure("1.1.")).exclude(organisation__slug="school-1")) == kept


def test_done_although_the_fact_does_not_hold(world: World, as_: Callable[[str], Any]) -> None:
    bound(world, "1.2.", UPLOADED)
    one, browser = world.assignment("1.2.", "school-1"), as_("school")
    address = reverse("roadmap:mark_assignment", args=[one.pk])
    refused = browser.post(address, {"state": "done", "version": one.version})
    assert (refused.status_code, refused.context["mark_form"].non_field_errors()) == (
        422, ["Система видит другое: Подтверждение не приложено. Напишите, почему отмечаете вручную."],
    )  # fmt: skip
    assert browser.post(address, {"state": "done", "reason": "Приказ на бумаге", "version": one.version}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.fact_mark, one.fact_note) == ("done", "overruled", "Приказ на бумаге")
    remove_evidence(add_link(one, title="", url="https://example.org/1", by=world.user("school")), by=world.user("school"))
    one.refresh_from_db()
    assert (one.state, one.fact_mark, told()) == ("done", "overruled", [])
    returned = browser.post(reverse("roadmap:return_to_facts", args=[one.pk]), {"version": one.version}, follow=True)
    assert [str(message) for message in returned.context["messages"]][-1:] == ["Отметку снова ставит система."]
    one.refresh_from_db()
    assert (one.state, one.fact_mark, one.done_on, told()) == ("planned", "", None, [])


def test_kept_open_although_the_fact_holds(world: World) -> None:
    bound(world, "1.1.", COORDINATOR)
    one, by = world.assignment("1.1.", "school-1"), world.user("school_head")
    with pytest.raises(Refusal, match="Система видит другое"):
        mark_assignment(one, state="in_progress", by=by)
    mark_assignment(one, state="in_progress", reason="Приказ ещё не подписан", by=by)
    change_dates(held_by("school"), starts_on=date(2026, 8, 2), ends_on=None, reason="Ошибка", by=None)
    one.refresh_from_db()
    assert (one.state, one.fact_mark) == ("in_progress", "overruled")
    return_to_facts(one, by=by)
    one.refresh_from_db()
    assert (one.state, one.fact_mark, one.done_on) == ("done", "by_fact", date(2026, 8, 2))
    with pytest.raises(Refusal, match="уже возвращена"):
        return_to_facts(one, by=by)


def test_a_note_beside_the_mark_leaves_the_mark_to_the_facts(world: World) -> None:
    bound(world, "1.1.", COORDINATOR)
    one = world.assignment("1.1.", "school-1")
    mark_assignment(one, state="done", note="Приказ № 5", done_on=one.done_on, by=world.user("school"))
    one.refresh_from_db()
    assert (one.note, one.fact_mark) == ("Приказ № 5", "by_fact")


def test_a_proof_closes_its_own_date_alone(world: World) -> None:
    bound(world, "2.3.", UPLOADED)
    by = world.user("school")
    proof = add_link(world.assignment("2.3.", "school-1", 1), title="", url="https://example.org/1", by=by)
    assert [one[1:] for one in marks(world, "2.3.") if one[0] == "school-1"] == [(0, "planned", ""), (1, "done", "by_fact")]
    remove_evidence(proof, by=by)
    assert {state for _slug, _occurrence, state, _mark in marks(world, "2.3.")} == {"planned"}
    assert [recipient for recipient, _subject, _text in told()] == ["school"]


def test_a_later_date_is_not_closed_before_it_begins(world: World) -> None:
    bound(world, "2.3.", COORDINATOR)
    assert [one[1:3] for one in marks(world, "2.3.") if one[0] == "school-1"] == [(0, "done"), (1, "planned")]
    with time_machine.travel("2027-05-03T09:00:00+03:00", tick=False):
        sweep_facts()
        one = world.assignment("2.3.", "school-1", 1)
        assert (one.state, one.done_on) == ("done", date(2027, 5, 1))


def test_opened_again_it_has_the_day_that_was_named_meanwhile(world: World) -> None:
    bound(world, "2.1.", UPLOADED)
    by = world.user("school")
    proof = add_link(world.assignment("2.1.", "school-1"), title="", url="https://example.org/1", by=by)
    one = world.assignment("2.1.", "school-1")
    assert (one.state, one.awaits_date) == ("done", True)
    settle_deadline(world.measure("2.1."), due_on=date(2026, 12, 20), by=world.user("municipal"))
    remove_evidence(proof, by=by)
    one.refresh_from_db()
    assert (one.state, one.awaits_date, one.due_on) == ("planned", False, date(2026, 12, 20))


def test_the_department_sees_how_many_of_its_schools(world: World, as_: Callable[[str], Any]) -> None:
    bound(world, "1.3.", EVERYWHERE)
    assert marks(world, "1.3.") == [("lakeside", 0, "in_progress", "by_fact")]
    browser = as_("municipal")
    progress = browser.get(reverse("roadmap:assignment_detail", args=[world.assignment("1.3.", "lakeside").pk])).context["progress"]
    assert (progress.answer.done, progress.answer.total, progress.answer.words) == (2, 3, "Куратор есть в 2 из 3 школ.")
    shown = browser.get(reverse("roadmap:assignment_list"), {"own": "1", "mark": "by_fact"})
    assert [progress.answer.done for progress in shown.context["progress"].values()] == [2]
    give_coordinator(world, "school-10")
    assert (states(world, "1.3."), world.assignment("1.3.", "lakeside").done_on) == ({"lakeside": "done"}, date(2026, 11, 1))
    open_organisation(kind="school", name="Школа № 11", parent=world.place("lakeside"), by=None, slug="school-11")
    assert (states(world, "1.3."), [person for person, _subject, _text in told()]) == ({"lakeside": "in_progress"}, ["municipal"])


def test_all_or_any(world: World) -> None:
    bound(world, "1.1.", COORDINATOR, UPLOADED)
    assert states(world, "1.1.") == {"school-1": "in_progress", "school-2": "in_progress", "school-10": "planned"}
    bound(world, "1.1.", COORDINATOR, UPLOADED, rule="any")
    assert states(world, "1.1.") == {"school-1": "done", "school-2": "done", "school-10": "planned"}
    bound(world, "1.1.")
    assert marks(world, "1.1.") == [("school-1", 0, "done", ""), ("school-2", 0, "done", ""), ("school-10", 0, "planned", "")]
    assert FactState.objects.exclude(measure=None).count() == 0


def test_several_answers_as_one() -> None:
    yes = FactAnswer(True, 3, 3, "Да.", "/yes/", date(2026, 9, 1))
    later, no = FactAnswer(True, 1, 1, "Тоже.", "", date(2026, 10, 1)), FactAnswer(False, 1, 4, "Нет.", "/no/")
    assert combined([no], all_needed=True) == no
    assert combined([yes, no], all_needed=True) == FactAnswer(False, 1, 2, "Да. Нет.", "/yes/")
    assert combined([yes, later], all_needed=True) == FactAnswer(True, 2, 2, "Да. Тоже.", "/yes/", date(2026, 10, 1))
    assert combined([yes, later, no], all_needed=False) == FactAnswer(True, 2, 3, "Да. Тоже. Нет.", "/yes/", date(2026, 9, 1))


def test_marks_for_many_pass_over_what_facts_deny(world: World) -> None:
    bound(world, "1.2.", UPLOADED)
    keys = [str(world.assignment(number, "school-1").pk) for number in ("1.1.", "1.2.")]
    preview = bulk_preview(world.user("municipal"), keys, state="done")
    assert ([one.measure.number for one in preview.to_change], [one.measure.number for one in preview.ruled]) == (
        ["1.1."],
        ["1.2."],
    )
    assert bulk_preview(world.user("municipal"), keys, state="not_applicable").ruled == []


def test_copies_are_bound_like_their_originals(world: World) -> None:
    bound(world, "1.1.", COORDINATOR, UPLOADED, rule="any")
    original, copy = world.measure("1.1."), world.upland_roadmap.measures.get(number="1.1.")
    assert (copy_facts({copy.pk: original.pk}), copy_facts({copy.pk: world.measure("1.2.").pk})) == (2, 0)
    copy.refresh_from_db()
    assert (sorted(copy.facts.values_list("code", flat=True)), copy.fact_rule) == ([COORDINATOR, UPLOADED], "any")


def test_a_school_that_joins_follows_the_facts(world: World) -> None:
    bound(world, "2.2.", COORDINATOR)
    joined = open_organisation(kind="school", name="Школа № 11", parent=world.place("lakeside"), by=None, slug="school-11")
    assert states(world, "2.2.")["school-11"] == "planned"
    appoint_person(world.user("mentor"), joined, role="school_coordinator", starts_on=date(2026, 11, 25), by=None)
    assert states(world, "2.2.")["school-11"] == "done"


def test_only_known_facts_are_bound_and_each_once(world: World) -> None:
    with pytest.raises(Refusal, match="Такого факта нет"):
        bound(world, "1.1.", "nobody_knows_it")
    bound(world, "1.1.", COORDINATOR)
    assert list(MeasureFact.objects.values_list("measure__number", "code")) == [("1.1.", COORDINATOR)]


def test_the_cost_of_a_touch_does_not_grow(world: World, count_queries: Callable[[Callable[[], Any]], int]) -> None:
    bound(world, "1.1.", COORDINATOR)
    everybody = [world.place(slug).pk for slug in ("school-1", "school-2", "school-10")]
    Appointment.objects.filter(role="school_coordinator").update(ends_on=date(2026, 11, 24))
    one = count_queries(lambda: touch_facts(COORDINATOR, everybody[:1], by=None))
    Appointment.objects.filter(role="school_coordinator").update(ends_on=None)
    touch_facts(COORDINATOR, everybody, by=None)
    Appointment.objects.filter(role="school_coordinator").update(ends_on=date(2026, 11, 24))
    assert (count_queries(lambda: touch_facts(COORDINATOR, everybody, by=None)), states(world, "1.1.")) == (
        one, dict.fromkeys(("school-1", "school-2", "school-10"), "planned"),
    )  # fmt: skip
