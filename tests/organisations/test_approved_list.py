"""The list of schools that take part: approved by an act, seen by the branch, known to the facts."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nastavnik.audit.models import Change
from nastavnik.core.errors import Refusal
from nastavnik.organisations.actions import approve_school_list
from nastavnik.organisations.models import SchoolListApproval
from nastavnik.roadmap.actions.facts import sweep_facts
from nastavnik.roadmap.models import FactState
from tests.worlds import World, names_on, untouched

ACT = {"year": 2026, "number": "45-о", "approved_on": date(2026, 9, 12)}


def approve(world: World, *slugs: str, **changes: Any) -> SchoolListApproval:
    """Approve a list of Lakeside."""
    schools = [world.place(slug) for slug in slugs]
    return approve_school_list(world.place("lakeside"), **{**ACT, **changes}, schools=schools, by=world.user("municipal"))


def answer(slug: str) -> tuple[bool, int, int, str, date | None]:
    """What the fact says of an organisation."""
    return FactState.objects.values_list("holds", "done", "total", "words", "since").get(
        organisation__slug=slug, code="school_list_approved"
    )


def test_a_municipality_approves_with_its_act(world: World, as_: Callable[[str], Any]) -> None:
    sweep_facts()
    browser = as_("municipal")
    form = browser.get(reverse("organisations:approve_form")).context["form"]
    assert {place.slug for place in form.initial["schools"]} == {"school-1", "school-2", "school-10"}
    typed = {
        **ACT, "schools": [world.place(slug).pk for slug in ("school-1", "school-2")],
        "scan": SimpleUploadedFile("Приказ.pdf", b"%PDF-1.4 "),
    }  # fmt: skip
    assert browser.post(reverse("organisations:approve_school_list"), typed).status_code == 302
    shown = browser.get(reverse("organisations:approved_list")).context
    assert [(place.slug, place.listed) for place in shown["page"].rows] == [
        ("school-1", True), ("school-2", True), ("school-10", False),
    ]  # fmt: skip
    assert (shown["approval"].number, shown["approval"].school_count, shown["approval"].scan.name) == ("45-о", 2, "Приказ.pdf")
    assert answer("lakeside") == (True, 2, 3, "Список утверждён: приказ № 45-о от 12.09.2026, школ в нём 2.", ACT["approved_on"])
    assert answer("school-1") == (True, 1, 1, "Школа в списке: приказ № 45-о от 12.09.2026.", ACT["approved_on"])
    assert answer("school-10") == (False, 0, 1, "Школы нет в списке: приказ № 45-о от 12.09.2026.", None)
    assert answer("region") == (False, 1, 2, "Список утвердили 1 из 2 муниципалитетов.", None)
    assert answer("upland") == (False, 0, 1, "Список школ на этот год не утверждён.", None)
    scan = browser.get(reverse("organisations:school_list_scan", args=[shown["approval"].pk]))
    assert b"".join(scan.streaming_content) == b"%PDF-1.4 "


def test_a_later_act_replaces_the_earlier_one(world: World) -> None:
    sweep_facts()
    first = approve(world, "school-1", "school-2")
    assert approve(world, "school-2", "school-1").pk == first.pk
    second = approve(world, "school-2", "school-10", number="50-о", approved_on=date(2026, 11, 1))
    assert list(SchoolListApproval.objects.order_by("created_at", "number").values_list("number", "replaced")) == [
        ("45-о", True), ("50-о", False),
    ]  # fmt: skip
    assert {slug: answer(slug)[0] for slug in ("school-1", "school-2", "school-10")} == {
        "school-1": False, "school-2": True, "school-10": True,
    }  # fmt: skip
    changes = sorted(Change.objects.filter(action="organisations.school_list_approved"), key=lambda one: one.after["act_number"])
    assert [(change.before, change.after) for change in changes] == [
        ({}, {"act_number": "45-о", "approved_on": "2026-09-12", "schools": 2}),
        ({"schools": 2}, {"act_number": "50-о", "approved_on": "2026-11-01", "schools": 2}),
    ]
    assert second.year == 2026


def test_what_cannot_be_approved(world: World, as_: Callable[[str], Any]) -> None:
    before = untouched(SchoolListApproval.objects)
    for slugs, changes, words in (
        (["school-1"], {"approved_on": date(2026, 11, 26)}, "День приказа ещё не наступил"),
        ([], {}, "В списке нет ни одной школы"),
        (["upland-school"], {}, "только школы этого муниципалитета"),
        (["partner"], {}, "только школы этого муниципалитета"),
    ):
        with pytest.raises(Refusal, match=words):
            approve(world, *slugs, **changes)
    typed = {**ACT, "schools": [world.place("upland-school").pk]}
    response = as_("municipal").post(reverse("organisations:approve_school_list"), typed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["schools"])
    assert untouched(SchoolListApproval.objects) == before


def test_who_sees_which_list(world: World, as_: Callable[[str], Any], count_queries: Callable[[Callable[[], Any]], int]) -> None:
    approve(world, "school-1")
    address = reverse("organisations:approved_list")
    school, upland, region = (as_(name).get(address).context for name in ("school", "upland", "region"))
    assert [(place.slug, place.listed) for place in school["page"].rows] == [("school-1", True)]
    assert (school["approval"].number, upland["approval"], upland["may_approve"], school["may_approve"]) == (
        "45-о",
        None,
        True,
        False,
    )
    assert {place.slug: place.listed for place in region["page"].rows} == {"lakeside": True, "upland": False}
    assert [act.number for act in region["lists"].values()] == ["45-о"]
    assert as_("region").get(address, {"listed": "no"}).context["page"].rows[0].slug == "upland"
    browser = as_("municipal")
    assert names_on(browser.get(address).content.decode()) == []
    assert count_queries(lambda: browser.get(address, {"listed": "yes"})) == count_queries(lambda: browser.get(address))
