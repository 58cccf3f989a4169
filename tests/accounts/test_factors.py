"""The second factor: on, at the log-in, once only, off, reset, demanded."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.actions.factors import begin_factor, confirm_factor, demand_factor, reset_factor, use_any_code
from nastavnik.accounts.actions.passwords import issue_code
from nastavnik.accounts.models import FactorDemand, RecoveryCode, SecondFactor, User, UserSession
from nastavnik.accounts.sealed import SealBrokenError, seal, unseal
from nastavnik.audit.models import Access, Change
from nastavnik.core.errors import Refusal
from nastavnik.notifications.models import Message
from tests.accounts.test_sessions import is_in, log_in
from tests.conftest import PolicedClient
from tests.worlds import PASSWORD, World

WRONG = "Код не подошёл. Наберите новый код из приложения: каждый действует один раз."
PAUSE = "Слишком много попыток. Подождите 15 мин. и попробуйте снова."


def phone(user: User) -> pyotp.TOTP:
    """The application on the person's phone."""
    return pyotp.TOTP(unseal(SecondFactor.objects.get(user=user).sealed_secret, str(user.pk)))


def code_of(user: User, steps: int = 0) -> str:
    """What the phone shows now, or some half minutes away."""
    return phone(user).at(timezone.now(), counter_offset=steps)


def later(steps: int) -> Any:
    """Half minutes from now."""
    return time_machine.travel(timezone.localtime() + timedelta(seconds=30 * steps), tick=False)


def answer(browser: Client, code: str) -> Any:
    """The second step."""
    return browser.post(reverse("accounts:factor_login"), {"code": code})


@pytest.fixture
def anna(world: World) -> User:
    """Anna with a second factor."""
    return switched_on(world.user("school"))


def switched_on(user: User) -> User:
    """Through the actions; the code of that moment is used up."""
    begin_factor(user)
    confirm_factor(user, code_of(user), but=None)
    return user


def test_from_the_profile_to_the_next_log_in(world: World, as_: Callable[[str], Any]) -> None:
    browser, person = as_("school"), world.user("school")
    assert browser.post(reverse("accounts:begin_factor"), {"present": "x"}).status_code == 422
    assert browser.post(reverse("accounts:begin_factor"), {"present": PASSWORD}).url == reverse("accounts:factor_set_up")
    page = browser.get(reverse("accounts:factor_set_up"))
    assert page.context["address"].startswith("otpauth://totp/Nastavnik:school?secret=")
    assert (page["Cache-Control"], "<path fill=" in page.content.decode()) == (
        "max-age=0, no-cache, no-store, must-revalidate, private",
        True,
    )
    assert browser.post(reverse("accounts:confirm_factor"), {"code": "000000"}).status_code == 422
    sheet = browser.post(reverse("accounts:confirm_factor"), {"code": code_of(person)}).content.decode()
    codes = re.findall(r'<li class="n-code">(\w{5} \w{5})</li>', sheet)
    assert (len(set(codes)), is_in(browser), browser.get(reverse("accounts:factor_set_up")).url) == (
        10, True, reverse("accounts:factor"),
    )  # fmt: skip
    with later(1):
        visitor = PolicedClient()
        assert log_in(visitor, "school", next="/roadmap/").url == "/login/factor/?next=%2Froadmap%2F"
        assert is_in(visitor) is False
        assert visitor.post(reverse("accounts:factor_login"), {"code": code_of(person), "next": "/roadmap/"}).url == "/roadmap/"
        assert is_in(visitor) is True


def test_until_it_is_confirmed_the_password_is_enough(world: World, client: Client) -> None:
    begin_factor(world.user("school"))
    assert (log_in(client, "school").url, is_in(client)) == ("/", True)


def test_switching_it_on_ends_the_other_sessions(world: World, as_: Callable[[str], Any]) -> None:
    other, browser, person = as_("school"), as_("school"), world.user("school")
    begin_factor(person)
    browser.post(reverse("accounts:confirm_factor"), {"code": code_of(person)})
    assert (is_in(other), is_in(browser)) == (False, True)


def test_a_code_works_once(anna: User, client: Client) -> None:
    log_in(client, "school")
    assert answer(client, code_of(anna)).context["trouble"] == WRONG  # it switched the factor on
    with later(1):
        code = code_of(anna)
        assert answer(client, code).status_code == 302
        second = PolicedClient()
        log_in(second, "school")
        assert answer(second, code).context["trouble"] == WRONG


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(anna: User, steps: int, fits: bool) -> None:
    with later(5):
        assert use_any_code(anna, code_of(anna, steps)) is fits


def test_an_earlier_code_does_not_work_after_a_later_one(anna: User) -> None:
    with later(5):
        now, before = code_of(anna), code_of(anna, -1)
        assert (use_any_code(anna, now), use_any_code(anna, before)) == (True, False)


def test_tries_are_counted_wherever_they_come_from(anna: User, client: Client) -> None:
    with later(1):
        log_in(client, "school")
        troubles = [answer(client, "000000").context["trouble"] for _ in range(5)]
        other = PolicedClient(REMOTE_ADDR="10.0.0.9")
        log_in(other, "school")
        assert (set(troubles), answer(other, code_of(anna)).context["trouble"]) == ({WRONG}, PAUSE)
        assert list(Access.objects.filter(kind="login_failed").values_list("object_id", "ground")) == [
            (str(anna.pk), "второй фактор")
        ] * 5  # fmt: skip


@pytest.mark.parametrize("case", ["too late", "password changed", "blocked", "nobody"])
def test_the_second_step_belongs_to_the_first(anna: User, client: Client, case: str) -> None:
    if case != "nobody":
        log_in(client, "school")
    if case == "password changed":
        anna.set_password("семь-зелёных-лодок")
        anna.save()
    elif case == "blocked":
        User.objects.filter(pk=anna.pk).update(is_active=False)
    with later(11 if case == "too late" else 1):
        assert (answer(client, code_of(anna)).status_code, is_in(client)) == (302, False)


def test_a_printed_code_needs_the_factor_too(world: World, anna: User, client: Client) -> None:
    code = issue_code(anna, by=world.user("school_head"))
    with later(1):
        first = client.post(reverse("accounts:code"), {"username": "school", "code": code})
        assert (first.url, is_in(client)) == ("/login/factor/?next=%2Fpassword%2F", False)
        assert answer(client, code_of(anna)).status_code == 302
        assert client.get("/").url == reverse("accounts:password")


def test_a_recovery_code_stands_in_once(world: World, client: Client) -> None:
    person = world.user("school")
    begin_factor(person)
    codes = confirm_factor(person, code_of(person), but=None)
    log_in(client, "school")
    assert answer(client, f"{codes[3][:5]} {codes[3][5:]}".lower()).status_code == 302
    again = PolicedClient()
    log_in(again, "school")
    assert (answer(again, codes[3]).context["trouble"], RecoveryCode.objects.filter(used_at=None).count()) == (WRONG, 9)
    assert codes[0] not in str(list(RecoveryCode.objects.values()))


def test_new_recovery_codes_replace_the_old_ones(anna: User, as_: Callable[[str], Any]) -> None:
    old = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    with later(1):
        browser = as_("school")
        assert browser.post(reverse("accounts:renew_codes"), {"code": "000000"}).status_code == 422
        assert browser.post(reverse("accounts:renew_codes"), {"code": code_of(anna)}).status_code == 200
    fresh = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert (len(fresh), fresh & old) == (10, set())


@pytest.mark.parametrize(("password", "right_code", "off"), [(PASSWORD, True, True), ("x", True, False), (PASSWORD, False, False)])
def test_switching_off_needs_password_and_code(
    anna: User, as_: Callable[[str], Any], password: str, right_code: bool, off: bool
) -> None:
    with later(1):
        form = {"present": password, "code": code_of(anna) if right_code else "000000"}
        as_("school").post(reverse("accounts:switch_off_factor"), form)
    assert (SecondFactor.objects.exists(), RecoveryCode.objects.exists()) == (not off, not off)


def test_a_superior_takes_it_off_and_the_person_is_told(world: World, anna: User, as_: Callable[[str], Any]) -> None:
    open_one, head = as_("school"), as_("school_head")
    head.post(reverse("accounts:reset_factor", args=[anna.pk]), {"reason": ""})
    assert SecondFactor.objects.exists()
    head.post(reverse("accounts:reset_factor", args=[anna.pk]), {"reason": "Потерян телефон"})
    told = set(Message.objects.filter(recipient=anna).values_list("subject", flat=True))
    row = Change.objects.get(action="accounts.factor_reset")
    assert (SecondFactor.objects.exists(), is_in(open_one), told, row.reason) == (
        False, False, {"Второй фактор включён", "Второй фактор снят"}, "Потерян телефон",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["deputy", "school_2", "upland"])
def test_nobody_else_takes_it_off(world: World, anna: User, name: str) -> None:
    with pytest.raises(Refusal):
        reset_factor(anna, reason="Так", by=world.user(name))
    assert SecondFactor.objects.exists()


def test_the_secret_is_encrypted_for_its_owner(world: World, anna: User, settings: Any) -> None:
    sealed = SecondFactor.objects.get().sealed_secret
    secret = phone(anna).secret
    assert secret not in sealed
    with pytest.raises(SealBrokenError):
        unseal(sealed, str(world.user("deputy").pk))
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    with pytest.raises(SealBrokenError):
        unseal(sealed, str(anna.pk))
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(sealed, str(anna.pk)) == secret
    assert seal("x", "1") != seal("x", "1")


def test_a_changed_server_key_is_said_in_words(anna: User, client: Client) -> None:
    SecondFactor.objects.update(sealed_secret=seal("x", "somebody else"))
    log_in(client, "school")
    assert answer(client, "123456").context["trouble"].startswith("Второй фактор не читается")


def test_from_the_day_on_only_the_set_up_opens(world: World, as_: Callable[[str], Any]) -> None:
    demand_factor(world.place("lakeside"), role="school_coordinator", since=date(2026, 11, 26), by=world.user("municipal_head"))
    browser = as_("school")
    assert [duty.title for duty in browser.get("/").context["today"].week] == ["Включите второй фактор"]
    with time_machine.travel("2026-11-26T09:00:00+03:00", tick=False):
        browser, person = as_("school"), world.user("school")
        got = [browser.get(url).headers.get("Location", "opens") for url in ("/", "/roadmap/", reverse("accounts:factor"))]
        assert got == [reverse("accounts:factor"), reverse("accounts:factor"), "opens"]
        browser.post(reverse("accounts:begin_factor"), {"present": PASSWORD})
        browser.post(reverse("accounts:confirm_factor"), {"code": code_of(person)})
        assert is_in(browser) is True
        assert [is_in(as_(name)) for name in ("school_head", "upland_school", "deputy")] == [True, True, True]


def test_a_demand_is_counted_and_taken_back(world: World, anna: User, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal_head")
    browser.post(reverse("accounts:demand"), {"role": "school_coordinator", "since": "2027-01-11"})
    rows = {row.role: (row.since, row.ready, row.people) for row in browser.get(reverse("accounts:demands")).context["rows"]}
    assert (rows["school_coordinator"], rows["school_head"]) == ((date(2027, 1, 11), 1, 2), (None, 0, 1))
    browser.post(reverse("accounts:demand"), {"role": "school_coordinator", "since": ""})
    browser.post(reverse("accounts:demand"), {"role": "regional_coordinator", "since": "2026-11-01"})
    assert (FactorDemand.objects.count(), Change.objects.filter(action="accounts.factor_demanded").count()) == (0, 2)


def test_two_confirmations_give_codes_once(world: World) -> None:
    person = world.user("school")
    begin_factor(person)
    code = code_of(person)
    confirm_factor(person, code, but=None)
    with pytest.raises(Refusal):
        confirm_factor(person, code, but=None)
    assert (RecoveryCode.objects.count(), UserSession.objects.count()) == (10, 0)
