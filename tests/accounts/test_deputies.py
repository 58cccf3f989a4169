"""Standing in for a colleague: who, from when to when, with which rights, and how it ends."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from nastavnik.accounts.actions.appointments import appoint, end_appointment
from nastavnik.accounts.actions.deputies import end_deputyship, name_deputy
from nastavnik.accounts.actions.people import block_account
from nastavnik.accounts.models import Appointment, Deputyship
from nastavnik.accounts.queries import readers_of
from nastavnik.audit.models import Change
from nastavnik.audit.queries import history_of
from nastavnik.audit.sealing import broken_at, seal_ledgers
from nastavnik.core.errors import Refusal
from nastavnik.notifications.models import Message
from nastavnik.roadmap.models import Assignment
from tests.worlds import PEOPLE, TODAY, World, untouched

WEEK = timedelta(days=7)


def held(world: World, name: str) -> Appointment:
    """The appointment of a person of the world."""
    return Appointment.objects.select_related("user", "organisation").get(user__username=name)


def stand_in(world: World, away: str = "school_head", deputy: str = "deputy", **more: Any) -> Deputyship:
    """Somebody stands in for a week from today."""
    terms = {"starts_on": TODAY, "ends_on": TODAY + WEEK, "reason": "vacation", "by": None}
    return name_deputy(held(world, away), deputy=world.user(deputy), **{**terms, **more})


def switcher(browser: Any) -> list[tuple[str, str]]:
    """(organisation, role) as the header offers them."""
    shell = browser.get(reverse("desk:today")).context["shell"]
    return [(one.organisation_name, one.role_label) for one in shell.appointments]


def act_for(browser: Any, world: World, away: str) -> None:
    """Change to the appointment of somebody who is away."""
    browser.post(reverse("accounts:switch"), {"appointment": str(held(world, away).pk)})


def test_a_person_names_a_colleague_and_both_see_it(world: World, as_: Callable[[str], Any]) -> None:
    browser, url = as_("school_head"), reverse("accounts:deputy_form", args=[held(world, "school_head").pk])
    assert sorted(one.username for one in browser.get(url).context["form"].fields["deputy"].queryset) == [
        "deputy",
        "mentor",
        "school",
    ]
    form = {"deputy": world.user("deputy").pk, "starts_on": "2026-11-25", "ends_on": "2026-12-02", "reason": "vacation"}
    save = reverse("accounts:name_deputy", args=[held(world, "school_head").pk])
    assert browser.post(save, form).status_code == 302
    again = browser.post(save, form)
    assert (again.status_code, again.context["form"].non_field_errors()) == (
        422, ["На эти дни замещение уже назначено. Завершите прежнее или выберите другие дни."],
    )  # fmt: skip
    assert [(one.recipient.username, one.subject, one.body) for one in Message.objects.all()] == [
        ("deputy", "Назначено замещение",
         "Мельник О. Ю. замещает: Кравцов П. А. (руководитель школы, Школа № 1), с 25.11.2026 по 02.12.2026."),
    ]  # fmt: skip
    assert switcher(as_("deputy")) == [
        ("Школа № 1", "заместитель руководителя"),
        ("Школа № 1", "исполняет обязанности: руководитель школы, за: Кравцов\u00a0П.\u00a0А."),
    ]  # fmt: skip
    change = Change.objects.get(action="accounts.deputy_named")
    assert (change.actor_id, change.object_id) == (world.user("school_head").pk, str(world.user("school_head").pk))


def test_the_deputy_acts_with_the_same_rights_and_the_history_says_for_whom(world: World, as_: Callable[[str], Any]) -> None:
    stand_in(world)
    browser, staff = as_("deputy"), reverse("accounts:staff_list")
    assert browser.get(staff).status_code == 403
    act_for(browser, world, "school_head")
    assert browser.get(staff).status_code == 200
    assignment = world.assignment("1.2.", "school-1")
    browser.post(reverse("roadmap:mark_assignment", args=[assignment.pk]), {"state": "done", "done_on": "2026-11-25", "version": 1})
    change = Change.objects.get(action="roadmap.assignment_marked")
    assert (change.actor_id, change.actor_role, change.on_behalf_of_id) == (
        world.user("deputy").pk, "school_head", world.user("school_head").pk,
    )  # fmt: skip
    assert history_of(assignment)[0].actor == "Мельник О. Ю. от имени: Кравцов П. А."
    seal_ledgers()
    assert (broken_at("change"), broken_at("access")) == (None, None)


def test_a_sealed_row_does_not_lose_for_whom_it_was_done(world: World) -> None:
    stand_in(world)
    seal_ledgers()
    Change.objects.update(on_behalf_of_id=world.user("mentor").pk)
    assert broken_at("change") == 1


def test_the_deputy_of_a_school_sees_nothing_more_elsewhere(world: World, as_: Callable[[str], Any]) -> None:
    stand_in(world)
    browser = as_("deputy")
    act_for(browser, world, "school_head")
    urls = [
        reverse("organisations:organisation_detail", args=["school-2"]),
        reverse("organisations:organisation_detail", args=["upland-school"]),
        reverse("roadmap:assignment_detail", args=[world.assignment("1.2.", "school-2").pk]),
        reverse("accounts:staff_detail", args=[world.user("school_2").pk]),
    ]
    assert [browser.get(url).status_code for url in urls] == [404] * 4
    places = {row.organisation.slug for row in browser.get(reverse("roadmap:assignment_list")).context["page"].rows}
    assert places == {"school-1"}


@pytest.mark.parametrize("name", sorted(set(PEOPLE) - {"school_head", "school", "deputy", "mentor"}))
def test_only_a_colleague_of_the_same_organisation_can_stand_in(world: World, name: str) -> None:
    before = untouched(Deputyship.objects.all())
    with pytest.raises(Refusal, match=r"^Замещать может только сотрудник той же организации, которому открыт вход\.$"):
        stand_in(world, deputy=name)
    assert untouched(Deputyship.objects.all()) == before


def test_nobody_names_a_deputy_for_a_superior(world: World) -> None:
    with pytest.raises(Refusal, match="сам сотрудник или его руководитель"):
        stand_in(world, by=world.user("school"))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (TODAY + WEEK, TODAY, "Последний день раньше первого. Проверьте даты."),
        (TODAY - 2 * WEEK, TODAY - WEEK, "Эти дни уже прошли. Укажите срок, который ещё не закончился."),
        (date(2026, 7, 1), TODAY, "Срок замещения выходит за срок назначения. Проверьте даты."),
    ],
)
def test_days_that_cannot_be(world: World, first: date, last: date, words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        stand_in(world, starts_on=first, ends_on=last)
    assert str(refusal.value) == words


def test_there_are_no_chains(world: World) -> None:
    stand_in(world)
    with pytest.raises(Refusal, match="сам отсутствует"):
        stand_in(world, away="school", deputy="school_head")
    with pytest.raises(Refusal, match="сам замещает другого"):
        stand_in(world, away="deputy", deputy="school")
    later = {"starts_on": TODAY + 2 * WEEK, "ends_on": TODAY + 3 * WEEK}
    assert stand_in(world, away="deputy", deputy="school", **later).pk


def test_it_begins_and_ends_by_its_days(world: World, as_: Callable[[str], Any]) -> None:
    stand_in(world, starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=2))
    offered = {}
    for days in range(4):
        with time_machine.travel(TODAY + timedelta(days=days, hours=9), tick=False):
            offered[days] = len(switcher(as_("deputy")))
    assert offered == {0: 1, 1: 2, 2: 2, 3: 1}


def test_a_session_that_acts_for_somebody_falls_back_when_it_ends(world: World, as_: Callable[[str], Any]) -> None:
    deputyship = stand_in(world)
    browser = as_("deputy")
    act_for(browser, world, "school_head")
    end_deputyship(deputyship, by=world.user("school_head"))
    assert browser.get(reverse("accounts:staff_list")).status_code == 403
    with pytest.raises(Refusal, match="уже завершено"):
        end_deputyship(deputyship, by=world.user("school_head"))


def readers(world: World, name: str) -> list[str]:
    """Who gets what is written to a person's appointment."""
    one = held(world, name)
    return [person.username for person in readers_of([one], TODAY)[one.pk]]


def test_notices_go_to_the_deputy_or_to_both(world: World) -> None:
    deputyship = stand_in(world, away="school")
    assert (readers(world, "school"), readers(world, "school_2")) == (["deputy"], ["school_2"])
    Deputyship.objects.filter(pk=deputyship.pk).update(keeps_notices=True)
    assert readers(world, "school") == ["school", "deputy"]


def test_without_the_deputy_the_person_gets_them_again(world: World) -> None:
    stand_in(world, away="school")
    block_account(world.user("deputy"), reason="Уволен", by=world.user("municipal"))
    assert readers(world, "school") == ["school"]


def test_when_the_deputy_has_left_the_organisation_nobody_acts(world: World, as_: Callable[[str], Any]) -> None:
    stand_in(world)
    end_appointment(held(world, "deputy"), on=TODAY - timedelta(days=1), reason="Перешла", by=world.user("municipal"))
    appoint(world.user("deputy"), world.place("school-2"), role="deputy_head", starts_on=TODAY, by=None)
    assert switcher(as_("deputy")) == [("Школа № 2", "заместитель руководителя")]
    assert readers(world, "school_head") == ["school_head"]


def test_it_ends_with_the_appointment_that_is_stood_in_for(world: World, as_: Callable[[str], Any]) -> None:
    stand_in(world)
    end_appointment(held(world, "school_head"), on=TODAY - timedelta(days=1), reason="Уволен", by=world.user("municipal"))
    assert len(switcher(as_("deputy"))) == 1


def test_a_closed_log_in_of_the_absent_person_does_not_stop_the_deputy(world: World, as_: Callable[[str], Any]) -> None:
    stand_in(world)
    block_account(world.user("school_head"), reason="Утерян пароль", by=world.user("municipal"))
    assert (len(switcher(as_("deputy"))), readers(world, "school_head")) == (2, ["deputy"])


def test_a_deputy_does_not_stand_above_the_own_appointment(world: World, as_: Callable[[str], Any]) -> None:
    stand_in(world)
    browser = as_("deputy")
    act_for(browser, world, "school_head")
    before = untouched(Appointment.objects.all())
    form = {"starts_on": "2026-09-01", "ends_on": "2030-01-01", "reason": "Так лучше"}
    browser.post(reverse("accounts:change_dates", args=[held(world, "deputy").pk]), form)
    assert untouched(Appointment.objects.all()) == before


def test_today_shows_what_the_absent_colleague_has_to_do(world: World, as_: Callable[[str], Any]) -> None:
    Assignment.objects.all().delete()
    Appointment.objects.filter(user__username="school").delete()
    stand_in(world)
    duties = as_("deputy").get(reverse("desk:today")).context["today"].shown
    assert [(duty.title, duty.acting_for) for duty in duties] == [("В школах нет куратора: 1", "Кравцов П. А.")]
    browser = as_("deputy")
    answer = browser.post(duties[0].url, duties[0].hidden_fields, follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, reverse("accounts:appoint_form", args=["school-1"]))


def test_what_the_deputy_may_do_as_oneself_stands_once(world: World, as_: Callable[[str], Any]) -> None:
    alone = as_("deputy").get(reverse("desk:today")).context["today"].shown
    stand_in(world)
    both = as_("deputy").get(reverse("desk:today")).context["today"].shown
    assert alone != []
    assert [duty for duty in both if not duty.acting_for] == alone
    assert {duty.title for duty in both if duty.acting_for} & {duty.title for duty in alone} == set()


def test_switching_goes_to_no_other_host(world: World, as_: Callable[[str], Any]) -> None:
    form = {"appointment": str(held(world, "deputy").pk), "next": "https://example.org/"}
    assert as_("deputy").post(reverse("accounts:switch"), form)["Location"] == "/"


def test_today_takes_as_many_queries_for_a_person_with_a_deputy_as_without(
    world: World, as_: Callable[[str], Any], count_queries: Callable[..., int]
) -> None:
    browser = as_("school_head")
    alone = count_queries(lambda: browser.get(reverse("desk:today")))
    stand_in(world)
    assert count_queries(lambda: browser.get(reverse("desk:today"))) == alone
