"""Invitations: one and many, mail and paper, the link, who may, what it becomes."""

import re
import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.accounts.actions.invitations import accept_with_new_account, invite, print_sheet, revoke, send_again
from nastavnik.accounts.actions.people import block_account
from nastavnik.accounts.imports.lines import read_lines
from nastavnik.accounts.models import Appointment, Invitation, User
from nastavnik.accounts.names import suggested_name
from nastavnik.audit.models import Access, Change
from nastavnik.core.errors import Refusal
from nastavnik.notifications.models import Message
from tests.accounts.test_sessions import is_in
from tests.conftest import PolicedClient
from tests.worlds import PASSWORD, World, untouched

NEW = "семь-зелёных-лодок"
ZOYA = {"surname": "Белкина", "given_name": "Зоя", "patronymic": "Марковна"}
LIST = reverse("accounts:invitation_list")


@pytest.fixture
def by_mail(settings: Any) -> None:
    """A mail server is set up."""
    settings.EMAIL_HOST, settings.PUBLIC_ADDRESS = "mail.example.test", "https://nastavnik.example.test"


def invited(world: World, email: str = "belkina@example.test", role: str = "deputy_head", by: str = "school_head") -> Invitation:
    """Zoya is invited to school 1."""
    return invite(world.place("school-1"), role=role, by=world.user(by), email=email, **ZOYA)


def link_in_mail() -> str:
    """The path in the last letter."""
    return str(re.search(r"https://nastavnik.example.test(\S+)", mail.outbox[-1].body).group(1))  # type: ignore[union-attr]


def paper_link(world: World, invitation: Invitation, by: str = "school_head") -> str:
    """The path on the sheet."""
    return print_sheet(invitation, by=world.user(by))


def accept(browser: Any, link: str, **form: str) -> Any:
    """The form behind the link."""
    return browser.post(link, {"username": "belkina.zm", "password": NEW, "again": NEW, **form})


def test_from_the_letter_to_the_first_page(
    world: World, by_mail: None, as_: Callable[[str], Any], run_jobs: Callable[[], None], client: PolicedClient
) -> None:
    form = {**ZOYA, "email": "Belkina@Example.Test", "role": "deputy_head"}
    assert as_("school_head").post(reverse("accounts:invite_person", args=["school-1"]), form).url == LIST
    assert Invitation.objects.get().shown == "queued"
    run_jobs()
    assert (Invitation.objects.get().shown, mail.outbox[0].to) == ("sent", ["belkina@example.test"])
    link = link_in_mail()
    page = client.get(link)
    assert (page.context["form"]["username"].value(), Invitation.objects.get().shown) == ("belkina.zm", "opened")
    assert accept(client, link).url == "/"
    person = User.objects.get(username="belkina.zm")
    held = person.appointments.get()
    assert (is_in(client), person.full_name, person.email, person.check_password(NEW)) == (
        True, "Белкина Зоя Марковна", "belkina@example.test", True,
    )  # fmt: skip
    assert (held.organisation.slug, held.role, Invitation.objects.get().shown) == ("school-1", "deputy_head", "accepted")
    assert (PolicedClient().get(link).status_code, accept(PolicedClient(), link).status_code) == (404, 404)
    assert [row.ground for row in Access.objects.filter(kind="login", object_id=str(person.pk))] == ["по приглашению"]


def test_the_key_is_stored_nowhere_after_the_letter_went(world: World, by_mail: None, run_jobs: Callable[[], None]) -> None:
    invited(world)
    run_jobs()
    key = link_in_mail().split("/")[2]
    rows = [*Invitation.objects.values(), *Message.objects.values(), *Change.objects.values()]
    assert (len(key) > 40, key in str(rows)) == (True, False)


def test_a_refused_address_is_shown_with_its_reason(
    world: World, by_mail: None, as_: Callable[[str], Any], run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Any, messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({})

    invited(world)
    Message.objects.update(mail_attempts=9)
    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    run_jobs()
    one = Invitation.objects.get()
    assert (one.shown, one.failure_words) == ("failed", "адрес не принят почтовым сервером, проверьте его")
    shown = as_("school_head").get(f"{LIST}?state=failed").context["page"].rows
    assert [row.pk for row in shown] == [one.pk]


def test_without_a_mail_server_sheets_are_printed(world: World, as_: Callable[[str], Any], client: PolicedClient) -> None:
    first, second = invited(world), invited(world, email="", role="mentor")
    browser = as_("school_head")
    page = browser.post(reverse("accounts:invitation_sheets"), {"chosen": [str(first.pk), str(second.pk), "x"]})
    links = re.findall(r"http://testserver(/invitation/\S+/)<", page.content.decode())
    assert (len(links), page.content.decode().count('<svg class="n-qr"')) == (2, 2)
    assert [client.get(link).status_code for link in links] == [200, 200]
    assert [row.rows for row in Access.objects.filter(kind="print")] == [2]
    again = browser.post(reverse("accounts:invitation_sheets"), {"chosen": [str(first.pk)]})
    assert (again.status_code, sorted(client.get(link).status_code for link in links)) == (200, [200, 404])


def test_the_neighbour_prints_nothing_of_ours(world: World, as_: Callable[[str], Any]) -> None:
    one = invited(world)
    before = untouched(Invitation.objects.all())
    as_("upland").post(reverse("accounts:invitation_sheets"), {"chosen": [str(one.pk)]})
    assert untouched(Invitation.objects.all()) == before
    assert list(as_("upland").get(LIST).context["page"].rows) == []


@pytest.mark.parametrize("case", ["expired", "revoked", "sent again", "inviter blocked", "inviter gone"])
def test_a_link_that_does_not_work_any_more(
    world: World, by_mail: None, client: PolicedClient, run_jobs: Callable[[], None], case: str
) -> None:
    one, head = invited(world), world.user("school_head")
    run_jobs()
    link, days = link_in_mail(), 3 if case == "expired" else 1
    if case == "revoked":
        revoke(one, by=head)
    elif case == "sent again":
        send_again(one, by=head)
    elif case == "inviter blocked":
        block_account(head, reason="Так", by=world.user("municipal_head"))
    elif case == "inviter gone":
        head.appointments.update(ends_on=timezone.localdate())
    with time_machine.travel(timezone.localtime() + timedelta(days=days), tick=False):
        assert accept(client, link).status_code in (404, 422)
    assert (User.objects.filter(surname="Белкина").count(), is_in(client)) == (0, False)


def test_of_two_uses_at_once_one_wins(world: World) -> None:
    token = paper_link(world, invited(world)).split("/")[2]
    accept_with_new_account(token, username="first", password=NEW)
    with pytest.raises(Refusal):
        accept_with_new_account(token, username="second", password=NEW)
    assert (User.objects.filter(surname="Белкина").count(), Appointment.objects.filter(role="deputy_head").count()) == (1, 2)


@pytest.mark.parametrize(
    ("form", "field"), [({"username": "school"}, "__all__"), ({"password": "123"}, "password"), ({"again": "x"}, "again")]
)
def test_what_was_typed_stays(world: World, client: PolicedClient, form: dict[str, str], field: str) -> None:
    link = paper_link(world, invited(world))
    page = accept(client, link, **form)
    assert (page.status_code, field in page.context["form"].errors, User.objects.filter(surname="Белкина").count()) == (
        422,
        True,
        0,
    )
    assert page.context["form"]["username"].value() == form.get("username", "belkina.zm")


def test_an_account_with_this_mail_gets_the_appointment_after_its_log_in(
    world: World, as_: Callable[[str], Any], client: PolicedClient
) -> None:
    one = invite(
        world.place("school-1"), role="mentor", by=world.user("school_head"), email="school_2@example.test",
        surname="Фомина", given_name="Дарья",
    )  # fmt: skip
    link = paper_link(world, one)
    assert accept(client, link).status_code == 422
    wrong, right = as_("deputy"), as_("school_2")
    assert (accept(wrong, link).status_code, "form" in wrong.get(link).context) == (422, False)
    assert right.post(link).url == "/"
    held = world.user("school_2").appointments.values_list("organisation__slug", "role")
    assert sorted(held) == [("school-1", "mentor"), ("school-2", "school_coordinator")]


def test_dead_links_are_counted(world: World, client: PolicedClient) -> None:
    link = paper_link(world, invited(world))
    statuses = [client.get(reverse("accounts:accept_invitation", args=["x"])).status_code for _ in range(61)]
    assert (set(statuses[:60]), statuses[60], client.get(link).status_code) == ({404}, 429, 429)


@pytest.mark.parametrize(
    ("by", "slug", "role"),
    [("school_head", "school-1", "school_head"), ("school_head", "school-2", "mentor"), ("municipal", "lakeside", "municipal_head"),
     ("upland", "school-1", "mentor"), ("school", "school-1", "mentor")],
)  # fmt: skip
def test_nobody_invites_above_or_beside(world: World, by: str, slug: str, role: str) -> None:
    with pytest.raises(Refusal):
        invite(world.place(slug), role=role, by=world.user(by), email="", **ZOYA)
    assert Invitation.objects.count() == 0


def test_nobody_is_invited_twice(world: World) -> None:
    invited(world)
    with pytest.raises(Refusal):
        invited(world)
    with pytest.raises(Refusal):
        invite(world.place("school-1"), role="deputy_head", by=world.user("school_head"), email="deputy@example.test", **ZOYA)


PASTED = """Фамилия, имя, отчество; почта; роль; школа
Белкина Зоя Марковна; belkina@example.test; зам. директора по ВР; Школа №1
Иван Петрович Дятлов\tdyatlov@example.test\tдиректор\tМБОУ СОШ № 2
куратор, школа 10, Ершова Нина Олеговна, ershova@example.test
Орлова Анна Петровна; school@example.test; куратор; Школа № 1
Сомов Пётр; somov@; наставник; Школа № 1
Щукин Яков; наставник; Нагорная школа
Раков Олег; раков; Школа № 2
"""


def paste(browser: Any, text: str, **form: str) -> Any:
    """The box."""
    return browser.post(reverse("accounts:paste_invitations"), {"lines": text, "place": "", **form})


def test_a_pasted_list_is_shown_first(world: World, as_: Callable[[str], Any]) -> None:
    rows = paste(as_("municipal"), PASTED).context["rows"]
    assert [(row.line.surname, row.role, getattr(row.place, "slug", ""), row.state) for row in rows] == [
        ("Белкина", "deputy_head", "school-1", "new"),
        ("Дятлов", "school_head", "school-2", "new"),
        ("Ершова", "school_coordinator", "school-10", "new"),
        ("Орлова", "school_coordinator", "school-1", "known"),
        ("Сомов", "mentor", "school-1", "wrong"),
        ("Щукин", "mentor", "", "wrong"),
        ("Раков", "", "school-2", "wrong"),
    ]
    assert [row.message for row in rows if row.state == "wrong"] == [
        "Адрес почты написан с ошибкой.",
        "Организации «Нагорная школа» у вас нет. Проверьте название.",
        "Не понята должность. Напишите, например, «куратор» или «директор».",
    ]
    assert Invitation.objects.count() == 0


def test_wrong_lines_stay_in_the_box_and_the_second_time_changes_nothing(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    page = paste(browser, PASTED, confirmed="1")
    assert page.context["form"]["lines"].value().splitlines() == PASTED.splitlines()[5:]
    assert sorted(Invitation.objects.values_list("surname", flat=True)) == ["Белкина", "Дятлов", "Ершова"]
    before = untouched(Invitation.objects.all())
    again = paste(browser, PASTED, confirmed="1")
    assert (untouched(Invitation.objects.all()) == before, again.context["fresh"]) == (True, 0)


def test_when_one_line_fails_at_the_end_nothing_is_written(
    world: World, as_: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from nastavnik.accounts.actions import invitations

    told = invitations.refuse_repeated

    def fails(organisation: Any, role: str, email: str, names: Any) -> None:
        if names["surname"] == "Ершова":
            raise Refusal("Так")
        told(organisation, role, email, names)

    monkeypatch.setattr(invitations, "refuse_repeated", fails)
    page = as_("municipal").post(
        reverse("accounts:paste_invitations"), {"lines": PASTED, "place": "", "confirmed": "1"}, headers={"HX-Request": "true"}
    )
    assert (Invitation.objects.count(), "Строка 4: Так" in page.content.decode()) == (0, True)


def test_a_school_needs_no_school_in_its_lines(world: World, as_: Callable[[str], Any]) -> None:
    [row] = as_("school_head").post(reverse("accounts:paste_invitations"), {"lines": "Белкина Зоя - завуч"}).context["rows"]
    assert (row.place.slug, row.role, row.state) == ("school-1", "deputy_head", "new")


def test_many_lines_cost_as_many_queries_as_one(world: World, as_: Callable[[str], Any], count_queries: Any) -> None:
    browser = as_("municipal")
    one, many = PASTED.splitlines()[1], "\n".join(
        f"Белкина Зоя; b{number}@example.test; наставник; Школа № 2" for number in range(100)
    )  # fmt: skip
    assert count_queries(lambda: paste(browser, one)) == count_queries(lambda: paste(browser, many)) <= 10


def test_the_list_costs_the_same_for_three_as_for_one(world: World, as_: Callable[[str], Any], count_queries: Any) -> None:
    browser = as_("school_head")
    invited(world)
    one = count_queries(lambda: browser.get(LIST))
    invited(world, email="a@example.test"), invited(world, email="b@example.test", role="mentor")
    assert (count_queries(lambda: browser.get(LIST)), one <= 9) == (one, True)


WORD = st.sampled_from(["Орлова", "Дятлов", "Ершова-Белая", "Зоя", "Иван"])
MAIL = st.sampled_from(["a.b@example.test", "x-1@school.example.test"])
CELLS = st.tuples(WORD, st.sampled_from(["Анна Петровна", "Пётр"]), MAIL,
                  st.sampled_from(["куратор", "директор", "зам. директора", "наставник"]),
                  st.sampled_from(["Школа № 1", "СОШ 2", "Лицей имени Гагарина"]))  # fmt: skip


@given(CELLS, st.permutations(range(4)), st.sampled_from(["\t", ";", "; ", " | "]))
def test_order_and_separators_do_not_matter(cells: tuple[str, ...], order: list[int], separator: str) -> None:
    surname, given_name, email, role, place = cells
    parts = [f"{surname} {given_name}", email, role, place]
    [line] = read_lines(separator.join(parts[index] for index in order))
    assert (line.surname, f"{line.given_name} {line.patronymic}".strip(), line.email, line.place) == (
        surname,
        given_name,
        email,
        place,
    )
    assert line.role == {"к": "school_coordinator", "д": "school_head", "з": "deputy_head", "н": "mentor"}[role[0]]


@given(st.text(max_size=200))
def test_nonsense_is_read_without_failing(text: str) -> None:
    assert all(line.text for line in read_lines(text))


def test_suggested_names_are_free(world: World) -> None:
    region = world.user("school").region_id
    User.objects.filter(username="deputy").update(username="belkina.zm")
    assert suggested_name(region, "Белкина", "Зоя", "Марковна") == "belkina.zm2"
    assert suggested_name(region, "Щукина-Ёж", "Юлия", "") == "schukinaezh.y"
    assert PASSWORD
