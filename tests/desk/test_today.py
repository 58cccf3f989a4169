"""«Сегодня»: what waits for whom."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.models import Appointment
from nastavnik.core import duties
from nastavnik.core.duties import Duty
from nastavnik.organisations.actions import open_organisation
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.actions.plans import create_roadmap
from nastavnik.roadmap.models import Assignment, PlanDraft, Roadmap
from tests.worlds import World, appoint, plan_of

HEAD = "В школах не назначен руководитель: 2"


def duties_on(text: str) -> dict[str, list[str]]:
    """Group > titles, as the page shows them."""
    groups: dict[str, list[str]] = {}
    for group, title in re.findall(r"<li class=\"n-group[^>]*><svg.*?</svg>(.*?)</li>|<h3><a[^>]*>(.*?)</a></h3>", text):
        if group:
            current = groups.setdefault(unescape(group), [])
        else:
            current.append(unescape(title))
    return groups


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("school", {
            "Просрочено": ["1.1 Назначение кураторов", "1.2 Разработка положения"],
            "Ждёт вашего решения": ["2.1 Обучение наставников"],
        }),
        ("school_head", {
            "Просрочено": ["1.1 Назначение кураторов", "1.2 Разработка положения"],
            "Ждёт вашего решения": ["2.1 Обучение наставников"],
        }),
        ("municipal", {
            "Просрочено": [
                "3 школы опаздывают: 1.1 Назначение кураторов", "1.3 Утверждение перечня школ",
                "3 школы опаздывают: 1.2 Разработка положения",
            ],
            "Ждёт вашего решения": ["Уточните сроки мероприятий: 1", "В школах нет куратора: 1", HEAD],
        }),
        ("region", {"Просрочено": ["Приозёрный округ: просрочено заданий 7", "Нагорный округ: просрочено заданий 3"]}),
        ("mentor", {}), ("partner", {}), ("administrator", {"Ждёт вашего решения": ["В школах нет куратора: 1", HEAD]}),
    ],
)  # fmt: skip
def test_each_sees_what_waits(world: World, as_: Callable[[str], Any], name: str, groups: dict[str, list[str]]) -> None:
    Roadmap.objects.update(created_at=timezone.now() - timedelta(days=3))
    text = as_(name).get("/").content.decode()
    found = duties_on(text)
    assert {group: sorted(titles) for group, titles in found.items()} == {group: sorted(titles) for group, titles in groups.items()}
    assert text.count("n-btn-go") == (1 if groups else 0)


def test_a_reminder_that_went_today_is_not_asked_for_again(world: World, as_: Callable[[str], Any]) -> None:
    Assignment.objects.filter(measure=world.measure("1.2.")).update(reminded_at=timezone.now())
    found = {duty.title: (duty.action, duty.reason) for duty in as_("municipal").get("/").context["today"].late}
    assert found["3 школы опаздывают: 1.2 Разработка положения"] == (
        "Посмотреть",
        "Школа № 1, Школа № 2 и ещё 1. Сегодня напомнили",
    )
    assert found["3 школы опаздывают: 1.1 Назначение кураторов"] == ("Напомнить школам", "Школа № 1, Школа № 2 и ещё 1")


def test_days_to_come_stand_by_week(world: World, as_: Callable[[str], Any]) -> None:
    for slug, day in (("1.1.", date(2026, 11, 29)), ("1.2.", date(2026, 11, 30)), ("2.2.", date(2026, 12, 10))):
        Assignment.objects.filter(measure=world.measure(slug), organisation__slug="school-1").update(due_on=day)
    text = as_("school").get("/").content.decode()
    assert duties_on(text) == {
        "На этой неделе": ["1.1 Назначение кураторов"], "Скоро срок": ["1.2 Разработка положения"],
        "Ждёт вашего решения": ["2.1 Обучение наставников"],
    }  # fmt: skip
    assert re.findall(r"<b>(..?, [^<]*)</b>([^<]*)</p>", text) == [
        ("вс, 29 ноября", "через 4 дня"),
        ("пн, 30 ноября", "через 5 дней"),
    ]


def test_ten_are_shown_and_decisions_keep_their_place(
    world: World, as_: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = [Duty(f"Опоздание {number}", "", "Открыть", "/", "check", due_on=date(2026, 11, number)) for number in range(1, 13)]
    waits = [Duty(f"Решение {number}", "", "Открыть", "/", "check") for number in range(1, 6)]
    monkeypatch.setattr(duties, "_providers", [lambda user, today: [*waits, *late]])
    browser = as_("school")
    today = browser.get("/").context["today"]
    assert [[duty.title for duty in part] for part in (today.late, today.waiting)] == [
        [f"Опоздание {number}" for number in range(1, 8)], ["Решение 1", "Решение 2", "Решение 3"],
    ]  # fmt: skip
    everything = browser.get("/?all=1").context["today"]
    assert (today.number, today.hidden, everything.number, everything.hidden) == (10, 7, 17, 0)


def test_an_open_draft_waits_for_its_reader(world: World, as_: Callable[[str], Any]) -> None:
    draft = PlanDraft.objects.create(
        organisation=world.place("lakeside"), plan=plan_of(world.place("lakeside")).to_json(), source_name="План.docx",
        source_digest="x", created_at=timezone.make_aware(datetime(2026, 11, 20, 10)),
    )  # fmt: skip
    found = {duty.title: duty for duty in as_("municipal").get("/").context["today"].waiting}
    duty = found["План прочитан, но не принят: План.docx"]
    assert (duty.url, duty.waiting_since) == (reverse("roadmap:draft_detail", args=[draft.pk]), date(2026, 11, 20))


def test_a_municipality_that_begins_sees_its_steps(world: World, as_: Callable[[str], Any]) -> None:
    region = world.place("region")
    place = open_organisation(kind=OrganisationKind.MUNICIPALITY, name="Новый округ", parent=region, by=None)
    appoint("newcomer", "municipal_coordinator", place, "Рябов", "Олег", "")
    browser = as_("newcomer")

    def steps() -> list[tuple[str, bool]]:
        found = browser.get("/").context["readiness"].steps
        return [(step.words, step.done) for step in found]

    names = ["Список школ", "Руководитель назначен в каждой школе", "Дорожная карта принята", "Сроки ясны"]
    assert steps() == list(zip(names, [False, False, False, False], strict=True))
    assert re.findall(r"n-btn-go\" href=\"[^>]*>(.*?)</a>", browser.get("/").content.decode()) == ["Загрузить школы"]
    assert [step.action for step in browser.get("/").context["readiness"].steps][2:] == ["Загрузить план", ""]
    school = open_organisation(kind=OrganisationKind.SCHOOL, name="Новая школа", parent=place, by=None)
    assert steps() == list(zip(names, [True, False, False, False], strict=True))
    appoint("new_head", "school_head", school, "Белова", "Нина", "")
    assert steps() == list(zip(names, [True, True, False, False], strict=True))
    create_roadmap(place, plan_of(place), by=None, source_name="План.docx")
    assert steps() == list(zip(names, [True, True, True, True], strict=True))


def test_readiness_counts_schools(world: World, as_: Callable[[str], Any]) -> None:
    Assignment.objects.filter(organisation__slug="school-2").update(state="done", done_on=date(2026, 9, 1))
    aside = as_("municipal").get("/").context["readiness"]
    assert ([(place.name, place.tally.late) for place in aside.schools], aside.ready) == (
        [("Школа № 1", 2), ("Школа № 2", 0), ("Школа № 10", 2)], 1,
    )  # fmt: skip
    assert [place.name for place in aside.latest] == ["Школа № 1", "Школа № 10"]
    assert (aside.tally.done, aside.tally.required, aside.tally.late) == (6, 21, 5)
    assert as_("school").get("/").context["readiness"].schools == []


def test_somebody_without_an_appointment_sees_help(world: World, as_: Callable[[str], Any]) -> None:
    appoint("former", "school_coordinator", world.place("school-1"), "Бывшая", "Вера", "")
    Appointment.objects.filter(user__username="former").update(ends_on=date(2026, 10, 1))
    text = as_("former").get("/").content.decode()
    assert re.findall(r"<h1>(.*?)</h1>", text) == ["Вас пока никуда не назначили"]
