"""Helping out in another person's account: who may, what stays shut, what the ledgers say, how it ends."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.actions.appointments import appoint
from nastavnik.accounts.models import OneTimeCode, SupportVisit, User, UserSession
from nastavnik.accounts.rights import NEVER_WHILE_SUPPORTING, RIGHTS
from nastavnik.accounts.rules import may_support
from nastavnik.audit.models import Access, Change
from nastavnik.audit.queries import history_of
from nastavnik.audit.sealing import broken_at, seal_ledger, seal_of
from nastavnik.jobs.actions import enqueue
from nastavnik.jobs.models import Job
from nastavnik.notifications.models import Message
from nastavnik.roadmap.models import Assignment
from tests.accounts.test_factors import code_of, later, switched_on
from tests.accounts.test_sessions import is_in
from tests.worlds import PASSWORD, World

SHUT = "От чужого имени этого сделать нельзя. Это делает сам человек."


def begin(browser: Any, person: User, **form: str) -> Any:
    """The form on the person's card."""
    return browser.post(reverse("accounts:begin_support", args=[person.pk]), {"reason": "Не открывается план", **form})


def who(browser: Any) -> str:
    """Whose page it is."""
    return str(browser.get("/").context["shell"].person_name)


@pytest.fixture
def helping(world: World, as_: Callable[[str], Any]) -> Any:
    """The administrator's browser, at work as Anna."""
    browser = as_("administrator")
    begin(browser, world.user("school"))
    return browser


def test_the_banner_stands_on_every_page_until_the_way_back(world: World, helping: Any) -> None:
    person = world.user("school")
    for url in ("/", reverse("roadmap:assignment_print"), reverse("accounts:profile"), "/nothing/"):
        assert "Вы работаете от имени: Орлова Анна Петровна." in helping.get(url).content.decode(), url
    assert who(helping) == "Орлова А. П."
    assert helping.post(reverse("accounts:end_support")).url == reverse("accounts:staff_detail", args=[person.pk])
    assert (who(helping), SupportVisit.objects.get().ended_at) == ("Лунин Е.", timezone.now())


def test_both_names_are_in_both_ledgers(world: World, helping: Any) -> None:
    assignment = world.assignment("1.1.", "school-1")
    helping.post(reverse("roadmap:mark_assignment", args=[assignment.pk]), {"state": "in_progress", "note": "Готовим приказ"})
    helping.get(reverse("accounts:profile"))
    helper, person = world.user("administrator"), world.user("school")
    row = Change.objects.get(object_id=str(assignment.pk), at=timezone.now(), action__startswith="roadmap.")
    assert (row.actor_id, row.on_behalf_of_id, row.actor_role, Assignment.objects.get(pk=assignment.pk).state) == (
        helper.pk, person.pk, "administrator", "in_progress",
    )  # fmt: skip
    assert history_of(assignment)[0].actor == "Лунин Е. от имени: Орлова А. П."


def test_looking_at_people_names_both(world: World, as_: Callable[[str], Any]) -> None:
    helper, head, browser = world.user("administrator"), world.user("school_head"), as_("administrator")
    begin(browser, head)
    browser.get(reverse("accounts:staff_list"))
    row = Access.objects.get(kind="view", on_behalf_of_id=head.pk)
    assert (row.actor_id, row.object_type) == (helper.pk, "accounts.user")


def test_the_person_is_told_and_sees_what_was_done(world: World, helping: Any, as_: Callable[[str], Any]) -> None:
    assignment = world.assignment("1.1.", "school-1")
    helping.post(reverse("roadmap:mark_assignment", args=[assignment.pk]), {"state": "in_progress", "note": ""})
    browser = as_("school")
    told = Message.objects.get(recipient=world.user("school"), kind="accounts.support")
    assert told.body == "Лунин Е., администратор, до 9:30. Причина: Не открывается план. Что было сделано, видно по ссылке."
    [visit] = browser.get(reverse("accounts:support_visits")).context["page"].rows
    page = browser.get(told.url)
    assert (page.context["visit"], [line.thing[:4] for line in page.context["lines"]]) == (visit, ["1.1."])
    assert as_("deputy").get(told.url).status_code == 404


def test_jobs_begun_meanwhile_name_both(world: World, helping: Any, run_jobs: Callable[[], None]) -> None:
    from nastavnik.audit.trail import Trace, current_trace, record
    from nastavnik.jobs.registry import functions

    person, helper = world.user("school"), world.user("administrator")
    functions["tests.record"] = lambda progress: record("tests.done", person, by=person) and None
    token = current_trace.set(Trace(supporter_id=helper.pk, supporter_role="administrator"))
    enqueue("tests.record", by=person)
    current_trace.reset(token)
    run_jobs()
    row = Change.objects.get(action="tests.done")
    assert (row.actor_id, row.on_behalf_of_id, Job.objects.latest("created_at").state) == (helper.pk, person.pk, "done")
    del functions["tests.record"]


PASSWORDS = {"present": PASSWORD, "password": "семь-зелёных-лодок", "again": "семь-зелёных-лодок"}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("accounts:change_password", PASSWORDS),
        ("accounts:begin_factor", {"present": PASSWORD}),
        ("accounts:change_contacts", {"email": "mine@example.test", "phone": ""}),
        ("accounts:leave_everywhere", {}),
        ("notifications:read_all", {}),
    ],
)
def test_what_belongs_to_the_person_stays_shut(world: World, helping: Any, name: str, form: dict[str, str]) -> None:
    before = User.objects.filter(username="school").values().get()
    page = helping.post(reverse(name), form, follow=True)
    after = User.objects.filter(username="school").values().get()
    assert ([str(one) for one in page.context["messages"]], after) == ([SHUT], before)


@pytest.mark.parametrize("name", ["accounts:password", "accounts:factor", "accounts:factor_set_up", "accounts:session_list"])
def test_pages_with_secrets_stay_shut(world: World, helping: Any, name: str) -> None:
    assert helping.get(reverse(name)).status_code == 302


def test_rights_over_people_are_not_lent(world: World, as_: Callable[[str], Any]) -> None:
    browser, head = as_("administrator"), world.user("school_head")
    begin(browser, head)
    anna = world.user("school")
    for name, form in (("print_code", {}), ("block_person", {"reason": "Так"}), ("begin_support", {"reason": "Так"})):
        browser.post(reverse(f"accounts:{name}", args=[anna.pk]), form)
    assert (OneTimeCode.objects.count(), world.user("school").is_active, SupportVisit.objects.count()) == (0, True, 1)
    assert browser.get(reverse("accounts:invite_many")).status_code == 403


def test_nothing_is_removed(world: World, as_: Callable[[str], Any]) -> None:
    from nastavnik.roadmap.actions.assignments import add_link

    assignment = world.assignment("1.1.", "school-1")
    evidence = add_link(assignment, title="Приказ", url="https://example.org/", by=world.user("school"))
    browser = as_("administrator")
    begin(browser, world.user("school"))
    browser.post(reverse("roadmap:remove_evidence", args=[evidence.pk]))
    assert type(evidence).objects.filter(pk=evidence.pk).exists()


def test_approving_and_endorsing_are_never_lent() -> None:
    assert {"roadmap.approve_roadmap", "roadmap.endorse_roadmap", "roadmap.publish_model"} <= NEVER_WHILE_SUPPORTING


@pytest.mark.parametrize("after", ["half an hour", "blocked", "appointment over"])
def test_it_ends_by_itself_and_nothing_is_done_in_the_wrong_name(world: World, helping: Any, after: str) -> None:
    assignment = world.assignment("1.1.", "school-1")
    minutes = 31 if after == "half an hour" else 1
    if after == "blocked":
        User.objects.filter(username="school").update(is_active=False)
    elif after == "appointment over":
        world.user("administrator").appointments.update(ends_on=date(2026, 11, 24))
    UserSession.objects.update(last_seen_at=timezone.now() + timedelta(minutes=minutes - 1))
    with time_machine.travel(timezone.localtime() + timedelta(minutes=minutes), tick=False):
        answer = helping.post(reverse("roadmap:mark_assignment", args=[assignment.pk]), {"state": "done", "note": ""})
        assert answer.status_code == 302
    visit = SupportVisit.objects.get()
    assert (Assignment.objects.get(pk=assignment.pk).state, visit.ended_at is not None) == (assignment.state, True)
    assert UserSession.objects.get(user=world.user("administrator")).support_id is None


def test_forms_of_other_tabs_stop_working(world: World) -> None:
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.user("administrator"))
    browser.get("/")
    token = browser.cookies["csrftoken"].value
    form = {"reason": "Так", "csrfmiddlewaretoken": token}
    assert browser.post(reverse("accounts:begin_support", args=[world.user("school").pk]), form).status_code == 302
    assert browser.post(reverse("core:set_view"), {"theme": "dark", "csrfmiddlewaretoken": token}).status_code == 403


def test_logging_out_ends_it(world: World, helping: Any) -> None:
    helping.post(reverse("accounts:logout"))
    assert (is_in(helping), SupportVisit.objects.get().ended_at is not None) == (False, True)


def test_the_helpers_factor_is_asked_again(world: World, as_: Callable[[str], Any]) -> None:
    helper = switched_on(world.user("administrator"))
    with later(1):
        browser = as_("administrator")
        assert begin(browser, world.user("school"), code="000000").status_code == 422
        assert begin(browser, world.user("school"), code=code_of(helper)).status_code == 302
        assert who(browser) == "Орлова А. П."


def test_a_reason_is_demanded(world: World, as_: Callable[[str], Any]) -> None:
    assert begin(as_("administrator"), world.user("school"), reason=" ").status_code == 422
    assert SupportVisit.objects.count() == 0


def test_who_may_help_whom(world: World) -> None:
    people = {name: world.user(name) for name in User.objects.values_list("username", flat=True)}
    got = {name: {other for other, person in people.items() if may_support(user, person)} for name, user in people.items()}
    below = {"school_head", "school", "deputy", "mentor", "school_2", "partner"}
    assert got == {name: below if name == "administrator" else set() for name in people}


def test_regional_support_reaches_departments_and_schools_but_no_other_region(world: World) -> None:
    helper = world.user("mentor")
    world.user("mentor").appointments.all().delete()
    appoint(helper, world.place("region"), role="administrator", starts_on=date(2026, 11, 1), by=None)
    helper = world.user("mentor")
    got = {name for name in User.objects.values_list("username", flat=True) if may_support(helper, world.user(name))}
    assert got == set(User.objects.values_list("username", flat=True)) - {"region", "mentor"}


def test_one_appointment_out_of_reach_protects_the_account(world: World) -> None:
    appoint(world.user("school"), world.place("lakeside"), role="municipal_coordinator", starts_on=date(2027, 1, 1), by=None)
    assert may_support(world.user("administrator"), world.user("school")) is False


def test_only_administrators_have_the_right() -> None:
    assert [role for role, rights in RIGHTS.items() if "accounts.support_login" in rights] == ["administrator"]


def test_chains_sealed_before_the_new_column_still_hold(world: World, helping: Any) -> None:
    seal_ledger("change")
    assert broken_at("change") is None
    row = Change.objects.filter(on_behalf_of_id=None).first()
    assert row is not None
    usual = seal_of(row, "0" * 64)
    row.on_behalf_of_id = world.user("school").pk
    assert seal_of(row, "0" * 64) != usual
