"""Reports: attached as what they are, received or returned by whoever stands above, and what follows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.audit.models import Change
from nastavnik.core.duties import duties_of
from nastavnik.core.errors import Refusal
from nastavnik.notifications.models import Message
from nastavnik.roadmap.actions.assignments import add_link
from nastavnik.roadmap.actions.fact_binding import bind_facts
from nastavnik.roadmap.actions.reports import receive_report, return_report
from nastavnik.roadmap.models import Evidence
from tests.worlds import TODAY, World, names_on, untouched

WORDS = {"title": "Отчёт за декабрь", "url": "https://example.org/report"}


def report_of(world: World, slug: str = "school-1", by: str = "school") -> Evidence:
    """A report of a school on its first monitoring."""
    assignment = world.assignment("2.3.", slug)
    return add_link(assignment, title=WORDS["title"], url=WORDS["url"], kind="report", by=world.user(by))


def told() -> list[tuple[str, str, str]]:
    """(recipient, subject, text) of verdicts, by subject."""
    rows = Message.objects.filter(kind="roadmap.report_judged").order_by("subject")
    return list(rows.values_list("recipient__username", "subject", "body"))


def test_a_report_is_attached_waits_and_closes_when_it_is_received(world: World, as_: Callable[[str], Any]) -> None:
    bind_facts(world.measure("2.3."), codes=["report_received"], by=world.user("municipal"))
    assignment = world.assignment("2.3.", "school-1")
    as_("school").post(reverse("roadmap:add_evidence", args=[assignment.pk]), {**WORDS, "kind": "report"})
    report = Evidence.objects.get(assignment=assignment)
    assignment.refresh_from_db()
    assert (report.kind, report.verdict, assignment.state) == ("report", "waiting", "planned")
    browser = as_("municipal")
    assert [one.pk for one in browser.get(reverse("roadmap:report_list")).context["page"].rows] == [report.pk]
    answer = browser.post(reverse("roadmap:receive_report", args=[report.pk]), follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["Отчёт принят."]
    assignment.refresh_from_db()
    assert (assignment.state, assignment.fact_mark, assignment.done_on) == ("done", "by_fact", TODAY)
    assert told() == [("school", "Отчёт принят: мероприятие 2.3", "Отчёт «Отчёт за декабрь» принят.")]
    assert browser.get(reverse("roadmap:report_list")).context["page"].rows == []
    change = Change.objects.get(action="roadmap.report_received")
    assert (change.object_id, change.after, change.actor_id) == (
        str(assignment.pk), {"evidence": "Отчёт за декабрь"}, world.user("municipal").pk,
    )  # fmt: skip


def test_a_returned_report_says_what_to_mend_and_opens_again(world: World, as_: Callable[[str], Any]) -> None:
    bind_facts(world.measure("2.3."), codes=["report_received"], by=world.user("municipal"))
    report = report_of(world)
    receive_report(report, by=world.user("municipal"))
    browser, address = as_("municipal"), reverse("roadmap:return_report", args=[report.pk])
    wordless = browser.post(address, {"comment": " "})
    assert (wordless.status_code, list(wordless.context["form"].errors)) == (422, ["comment"])
    assert browser.post(address, {"comment": "Нет таблицы"}).status_code == 302
    assignment = world.assignment("2.3.", "school-1")
    assert (assignment.state, assignment.fact_note) == ("planned", "Снова открыто 25 ноября. Отчёт возвращён: Нет таблицы")
    assert told()[:1] == [
        ("school", "Отчёт возвращён: мероприятие 2.3", "Отчёт «Отчёт за декабрь» возвращён. Что исправить: Нет таблицы")
    ]
    assert [message.recipient.username for message in Message.objects.filter(kind="roadmap.reopened")] == ["school"]


def test_two_clicks_count_once(world: World) -> None:
    report, by = report_of(world), world.user("municipal")
    receive_report(report, by=by)
    with pytest.raises(Refusal, match="Этот отчёт уже принят"):
        receive_report(report, by=by)
    return_report(report, comment="Нет таблицы", by=by)
    with pytest.raises(Refusal, match="Этот отчёт уже возвращён"):
        return_report(report, comment="Нет таблицы", by=by)
    with pytest.raises(Refusal, match="Напишите, что исправить"):
        return_report(report, comment=" ", by=by)
    assert len(told()) == 2


def test_a_proof_is_no_report(world: World) -> None:
    proof = add_link(world.assignment("2.3.", "school-1"), title="", url="https://example.org/1", by=world.user("school"))
    before = untouched(Evidence.objects)
    with pytest.raises(Refusal):
        receive_report(proof, by=world.user("municipal"))
    assert (untouched(Evidence.objects), told()) == (before, [])


def test_the_organisation_right_above_receives(world: World, as_: Callable[[str], Any]) -> None:
    of_school, of_department = report_of(world), report_of(world, "lakeside", "municipal")
    answers = {
        (name, report.assignment.organisation.slug): as_(name).post(
            reverse("roadmap:receive_report", args=[report.pk])
        ).status_code
        for name in ("region", "municipal", "upland", "school")
        for report in (of_school, of_department)
    }  # fmt: skip
    assert answers == {
        ("region", "school-1"): 403, ("region", "lakeside"): 302, ("municipal", "school-1"): 302, ("municipal", "lakeside"): 403,
        ("upland", "school-1"): 404, ("upland", "lakeside"): 404, ("school", "school-1"): 403, ("school", "lakeside"): 403,
    }  # fmt: skip


def test_the_list_and_the_duty_hold_the_own_branch(world: World, as_: Callable[[str], Any]) -> None:
    report_of(world)
    report_of(world, "school-10", "municipal")
    browser, address = as_("municipal"), reverse("roadmap:report_list")
    found = browser.get(address, {"q": "Школа № 10"})
    assert [one.assignment.organisation.slug for one in found.context["page"].rows] == ["school-10"]
    assert len(browser.get(address, {"verdict": "all"}).context["page"].rows) == 2
    assert as_("upland").get(address, {"verdict": "all"}).context["page"].rows == []
    titles = {
        name: [duty.title for duty in duties_of(world.user(name), TODAY) if duty.rank == 45] for name in ("municipal", "upland")
    }
    assert titles == {"municipal": ["Отчёты ждут приёма: 2"], "upland": []}
    assert names_on(found.content.decode()) == []


def test_the_list_costs_the_same_for_one_and_three(
    world: World, as_: Callable[[str], Any], count_queries: Callable[[Callable[[], Any]], int]
) -> None:
    report_of(world)
    browser, address = as_("municipal"), reverse("roadmap:report_list")
    one = count_queries(lambda: browser.get(address))
    report_of(world, "school-2", "school_2")
    add_link(
        world.assignment("2.3.", "school-10"), title="", url="https://example.org/3", kind="report", by=world.user("municipal")
    )
    assert (len(browser.get(address).context["page"].rows), count_queries(lambda: browser.get(address))) == (3, one)
