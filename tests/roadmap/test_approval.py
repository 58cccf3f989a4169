"""The owner's steps: for signature, approved, taken back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.audit.models import Change
from nastavnik.core.duties import duties_of
from nastavnik.core.errors import Refusal
from nastavnik.notifications.models import Message
from nastavnik.roadmap.actions.approval import approve_roadmap, hand_for_signature, withdraw_approval
from nastavnik.roadmap.actions.endorsement import return_roadmap
from nastavnik.roadmap.actions.plans import create_roadmap
from nastavnik.roadmap.models import Roadmap
from planreader.model import Approval
from tests.roadmap.papers import PAPER, approved, endorsed, plan_of_school, project, reword, scan
from tests.roadmap.plans import command, told
from tests.worlds import TODAY, World

FORM = {"number": "62-од", "on": "2026-11-10", "post": "Директор", "name": "Кравцов П. А."}


def approve_with(browser: Any, roadmap: Roadmap, **form: Any) -> Any:
    """Post the form of approval."""
    return browser.post(reverse("roadmap:approve_roadmap", args=[roadmap.pk]), {**FORM, **form}, follow=True)


def seen_on(browser: Any, roadmap: Roadmap) -> str:
    """What the page of approval says was shown."""
    return browser.get(reverse("roadmap:approval_form", args=[roadmap.pk])).context["seen"]


def refusal(act: Callable[[], Any]) -> str:
    """The sentence of a refusal."""
    with pytest.raises(Refusal) as refused:
        act()
    return str(refused.value)


def test_a_head_approves_and_the_plan_waits_for_the_department(world: World, as_: Callable[[str], Any]) -> None:
    roadmap, browser = project(world), as_("school_head")
    response = approve_with(browser, roadmap, protocol="№ 3", seen=seen_on(browser, roadmap))
    roadmap.refresh_from_db()
    assert told(response) == ["Карта утверждена. Эта версия сохранена."]
    assert (roadmap.stage, roadmap.approved_number, roadmap.approved_on, roadmap.approved_protocol) == (
        "approved", "62-од", date(2026, 11, 10), "№ 3",
    )  # fmt: skip
    assert roadmap.stage_due_on == date(2026, 12, 9)  # ten working days after Wednesday the 25th
    step, version = roadmap.steps.get(), roadmap.versions.get()
    assert (step.kind, step.number, step.from_paper, step.version, step.organisation.slug) == (
        "approved", "62-од", False, version, "school-1",
    )  # fmt: skip
    assert (version.number, version.kind, [line["number"] for line in version.lines]) == (
        1, "approved", ["1.", "1.1.", "1.2.", "2.", "2.1."],
    )  # fmt: skip
    change = Change.objects.get(action="roadmap.approved")
    assert (change.before, change.after["state"], change.organisation_id) == (
        {"state": "draft"}, "approved", roadmap.organisation_id,
    )  # fmt: skip


def test_a_municipal_plan_ends_with_its_approval(world: World) -> None:
    roadmap = approve_roadmap(world.roadmap, **PAPER, by=world.user("municipal_head"))
    assert (roadmap.stage, roadmap.stage_due_on) == ("approved", None)


def test_a_coordinator_enters_an_approval_with_its_scan(world: World, as_: Callable[[str], Any]) -> None:
    roadmap, browser = project(world), as_("school")
    form = {"seen": seen_on(browser, roadmap)}
    without = approve_with(browser, roadmap, **form)
    assert (without.status_code, without.context["form"].errors) == (
        422, {"scan": ["Вы вносите утверждение с бумаги: приложите скан приказа или подписанной карты."]},
    )  # fmt: skip
    assert refusal(lambda: approve_roadmap(roadmap, **PAPER, by=world.user("school"))) == (
        "Вы вносите утверждение с бумаги: приложите скан приказа или подписанной карты."
    )
    approve_with(browser, roadmap, **form, scan=scan())
    step = Roadmap.objects.get(pk=roadmap.pk).steps.get()
    assert (step.kind, step.from_paper, step.scan.name) == ("approved", True, "Приказ.pdf")
    sent = as_("municipal").get(reverse("roadmap:approval_scan", args=[step.pk]))
    assert (sent.status_code, b"".join(sent.streaming_content)) == (200, b"%PDF-1.4 order")
    assert as_("school_2").get(reverse("roadmap:approval_scan", args=[step.pk])).status_code == 404
    assert as_("upland").get(reverse("roadmap:approval_scan", args=[step.pk])).status_code == 404


def test_a_plan_that_changed_since_it_was_shown_is_not_approved(world: World, as_: Callable[[str], Any]) -> None:
    roadmap, browser = project(world), as_("school_head")
    seen = seen_on(browser, roadmap)
    reword(roadmap, "1.1.", "Назначить двух кураторов")
    response = approve_with(browser, roadmap, seen=seen)
    roadmap.refresh_from_db()
    assert (response.status_code, roadmap.stage, response.context["form"]["number"].value()) == (422, "draft", "62-од")
    assert response.context["form"].non_field_errors() == [
        "Карту «Карта school-1» изменили, пока вы её смотрели. Проверьте изменения и повторите."
    ]
    approve_with(browser, roadmap, seen=response.context["seen"])
    assert Roadmap.objects.get(pk=roadmap.pk).stage == "approved"


def test_an_order_has_a_number_and_is_not_of_tomorrow(world: World) -> None:
    roadmap, head = project(world), world.user("school_head")
    assert refusal(lambda: approve_roadmap(roadmap, **{**PAPER, "number": " "}, by=head)) == (
        "Укажите номер приказа, которым утверждена карта."
    )
    assert refusal(lambda: approve_roadmap(roadmap, **{**PAPER, "on": date(2026, 11, 26)}, by=head)) == (
        "Дата приказа ещё не наступила. Укажите сегодняшний день или раньше."
    )


def test_a_stamped_paper_is_approved_from_the_start(world: World) -> None:
    plan = plan_of_school("school-2")
    stamped = type(plan)(plan.title, plan.horizon, Approval("Директор", "Фомин И. И.", date(2026, 9, 1)), plan.sections)
    roadmap = create_roadmap(world.place("school-2"), stamped, by=world.user("school_2"))
    step = roadmap.steps.get()
    assert (roadmap.stage, roadmap.stage_due_on, step.kind, step.on, step.from_paper, roadmap.versions.count()) == (
        "approved", date(2026, 12, 9), "approved", date(2026, 9, 1), True, 1,
    )  # fmt: skip


def test_the_head_is_told_of_what_waits_for_the_signature(world: World, as_: Callable[[str], Any]) -> None:
    roadmap = project(world)
    response = command(as_("school"), "submit_roadmap", roadmap.pk, comment="Сверено")
    assert told(response) == ["Карта на подписи. Руководитель увидит её в разделе «Сегодня»."]
    message = Message.objects.get(kind="roadmap.submitted")
    assert (message.recipient.username, message.body) == ("school_head", "Карта school-1\nСверено")
    own = [duty for duty in duties_of(world.user("school_head"), TODAY) if duty.icon == "signature"]
    assert [(duty.title, duty.reason, duty.action, duty.url) for duty in own] == [
        ("Подпишите дорожную карту: Карта school-1", "Сверено", "Утвердить", reverse("roadmap:approval_form", args=[roadmap.pk]))
    ]
    assert [duty for duty in duties_of(world.user("school"), TODAY) if duty.icon == "signature"] == []
    assert refusal(lambda: hand_for_signature(roadmap, by=world.user("school"))) == "Карта уже на подписи."


def test_a_school_without_a_head_enters_the_paper(world: World) -> None:
    assert refusal(lambda: hand_for_signature(project(world, "school-2"), by=world.user("school_2"))) == (
        "Руководителя в системе нет. Внесите утверждение с бумаги, приложив скан."
    )


def test_a_mistaken_approval_is_taken_back(world: World, as_: Callable[[str], Any]) -> None:
    roadmap = approved(world)
    response = command(as_("school_head"), "withdraw_approval", roadmap.pk, reason="Не тот приказ")
    roadmap.refresh_from_db()
    assert told(response) == ["Утверждение отозвано. Исправьте карту и утвердите её ещё раз."]
    assert (roadmap.stage, roadmap.stage_due_on, roadmap.approved_on, roadmap.approved_number) == ("draft", None, None, "")
    assert list(roadmap.steps.order_by("position").values_list("kind", "comment")) == [
        ("approved", ""), ("withdrawn", "Не тот приказ"),
    ]  # fmt: skip
    assert roadmap.versions.count() == 1


def test_who_did_not_approve_does_not_take_it_back(world: World) -> None:
    roadmap = approved(world)
    assert refusal(lambda: withdraw_approval(roadmap, reason="Ошибка", by=world.user("school"))) == (
        "Отозвать утверждение уже нельзя. Внесите в карту изменение."
    )
    assert refusal(lambda: withdraw_approval(roadmap, reason=" ", by=world.user("school_head"))) == (
        "Напишите, почему утверждение отзывается."
    )


def test_an_endorsed_approval_is_not_taken_back(world: World) -> None:
    roadmap = endorsed(world)
    assert refusal(lambda: withdraw_approval(roadmap, reason="Ошибка", by=world.user("school_head"))) == (
        "Отозвать утверждение уже нельзя. Внесите в карту изменение."
    )


def test_after_a_return_a_withdrawal_leads_back_to_the_return(world: World) -> None:
    head = world.user("school_head")
    roadmap = return_roadmap(approved(world), comment="Срок 1.2", by=world.user("municipal"))
    approve_roadmap(roadmap, **PAPER, by=head)
    assert withdraw_approval(roadmap, reason="Рано", by=head).stage == "returned"


@pytest.mark.parametrize(
    ("name", "stations", "acts"),
    [("school", ["now", "later", "later"], True), ("school_head", ["now", "later", "later"], True),
     ("municipal", ["now", "later", "later"], False)],
)  # fmt: skip
def test_the_ribbon_of_a_project(world: World, as_: Callable[[str], Any], name: str, stations: list[str], acts: bool) -> None:
    page = as_(name).get(reverse("roadmap:roadmap_detail", args=[project(world).pk]))
    ribbon = page.context["ribbon"]
    assert ([one.state for one in ribbon.stations], ribbon.acts) == (stations, acts)
    assert [one.who for one in ribbon.stations] == ["Школа № 1", "Кравцов П. А.", "Приозёрный округ"]
    assert page.content.decode().count("n-btn-go") == 1


def test_the_ribbon_of_a_plan_that_waits_for_the_department(world: World, as_: Callable[[str], Any]) -> None:
    roadmap = approved(world)
    page = as_("municipal").get(reverse("roadmap:roadmap_detail", args=[roadmap.pk]))
    ribbon = page.context["ribbon"]
    assert [(one.state, one.day) for one in ribbon.stations] == [
        ("done", None), ("done", date(2026, 11, 10)), ("now", date(2026, 12, 9)),
    ]  # fmt: skip
    assert (ribbon.endorses, ribbon.signs, page.content.decode().count("n-btn-go")) == (True, False, 1)


def test_the_page_costs_the_same_with_more_steps(
    world: World, as_: Callable[[str], Any], count_queries: Callable[[Callable[[], Any]], int]
) -> None:
    roadmap, browser = approved(world), as_("municipal")
    address = reverse("roadmap:versions", args=[roadmap.pk])
    before = count_queries(lambda: browser.get(address))
    for text in ("Раз", "Два"):
        return_roadmap(roadmap, comment=text, by=world.user("municipal"))
        reword(roadmap, "1.1.", text)
        approve_roadmap(roadmap, **PAPER, by=world.user("school_head"))
    assert count_queries(lambda: browser.get(address)) == before
