"""«Перенести на следующий год»: what is shown, what is created, once."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from nastavnik.roadmap.models import Assignment, Roadmap
from nastavnik.roadmap.queries.rolling import Rolling
from tests.roadmap.models import model_of
from tests.roadmap.plans import command, told
from tests.worlds import World, untouched


def seen(rolling: Rolling) -> list[tuple[str, str, str, bool]]:
    """(number, old, new, taken) of each line."""
    return [(line.measure.number, line.old.text, line.new.text, line.taken) for line in rolling.lines]


def form_of(rolling: Rolling, **changes: Any) -> dict[str, Any]:
    """What the page would send as it stands."""
    lines = rolling.lines
    return {
        "years": str(rolling.years), "which": "all", "title": rolling.title, "shown": [str(line.measure.pk) for line in lines],
        "take": [str(line.measure.pk) for line in lines if line.taken],
        **{f"words_{line.measure.pk}": line.words for line in lines}, **changes,
    }  # fmt: skip


def test_old_and_new_stand_side_by_side_and_nothing_is_created(world: World, as_: Callable[[str], Any]) -> None:
    before = Roadmap.objects.count()
    rolling = as_("municipal").get(reverse("roadmap:roll_form", args=[world.roadmap.pk])).context["rolling"]
    assert seen(rolling) == [
        ("1.1.", "Сентябрь 2026", "Сентябрь 2027", True), ("1.2.", "до 13.10.2026", "до 13.10.2027", True),
        ("1.3.", "Сентябрь 2026", "Сентябрь 2027", True), ("2.1.", "Согласно графику ОО", "Согласно графику ОО", True),
        ("2.2.", "В течение всего периода", "В течение всего периода", True),
        ("2.3.", "Декабрь 2026, май 2027", "Декабрь 2027, май 2028", True),
    ]  # fmt: skip
    assert (rolling.horizon.start, rolling.horizon.end, Roadmap.objects.count()) == (date(2027, 9, 1), date(2028, 8, 31), before)


def test_days_off_are_noted(world: World, as_: Callable[[str], Any]) -> None:
    rolling = as_("municipal").get(reverse("roadmap:roll_form", args=[world.roadmap.pk]), {"years": "2"}).context["rolling"]
    later = as_("municipal").get(reverse("roadmap:roll_form", args=[world.roadmap.pk])).context["rolling"]
    assert [line.notes for line in rolling.lines if line.notes] == []
    assert [line.notes for line in later.lines if line.notes] == []
    form = form_of(later, **{f"words_{world.measure('1.2.').pk}": "до 16.10.2027", "take": []})
    response = as_("municipal").post(reverse("roadmap:roll_over", args=[world.roadmap.pk]), form)
    noted = {line.measure.number: line.notes for line in response.context["rolling"].lines if line.notes}
    assert (response.status_code, noted) == (422, {"1.2.": ("16.10.2027: суббота",)})


def test_the_new_plan_is_a_draft_with_its_own_work(world: World, as_: Callable[[str], Any], run_jobs: Callable[[], None]) -> None:
    browser = as_("municipal")
    rolling = browser.get(reverse("roadmap:roll_form", args=[world.roadmap.pk])).context["rolling"]
    before = untouched(Assignment.objects.filter(roadmap=world.roadmap))
    response = command(browser, "roll_over", world.roadmap.pk, **form_of(rolling, title="Карта 2027/28"))
    run_jobs()
    made = Roadmap.objects.get(rolled_from=world.roadmap)
    assert told(response) == ["Карта на следующий год создана как проект. Проверьте её и отдайте на утверждение."]
    assert (made.title, made.stage, made.starts_on, made.measures.count()) == ("Карта 2027/28", "draft", date(2027, 9, 1), 6)
    row = Assignment.objects.get(roadmap=made, measure__number="1.2.", organisation__slug="school-1")
    assert (row.due_on, untouched(Assignment.objects.filter(roadmap=world.roadmap))) == (date(2027, 10, 13), before)


def test_a_second_click_gets_the_same_plan(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    form = form_of(browser.get(reverse("roadmap:roll_form", args=[world.roadmap.pk])).context["rolling"])
    urls = {browser.post(reverse("roadmap:roll_over", args=[world.roadmap.pk]), form).headers["Location"] for _click in range(2)}
    assert (len(urls), Roadmap.objects.filter(rolled_from=world.roadmap).count()) == (1, 1)


def test_only_what_is_ticked_with_the_typed_days(world: World, as_: Callable[[str], Any]) -> None:
    browser, first = as_("municipal"), world.measure("1.2.")
    rolling = browser.get(reverse("roadmap:roll_form", args=[world.roadmap.pk])).context["rolling"]
    form = form_of(rolling, take=[str(first.pk)], **{f"words_{first.pk}": "до 01.11.2027"})
    command(browser, "roll_over", world.roadmap.pk, **form)
    made = Roadmap.objects.get(rolled_from=world.roadmap)
    assert list(made.measures.values_list("number", "deadline_text", "ends_on")) == [("1.2.", "до 01.11.2027", date(2027, 11, 1))]


def test_a_day_that_is_not_understood_keeps_what_was_typed(world: World, as_: Callable[[str], Any]) -> None:
    browser, first = as_("municipal"), world.measure("1.2.")
    rolling = browser.get(reverse("roadmap:roll_form", args=[world.roadmap.pk])).context["rolling"]
    form = form_of(rolling, **{f"words_{first.pk}": "когда-нибудь потом"})
    response = browser.post(reverse("roadmap:roll_over", args=[world.roadmap.pk]), form)
    wrong = [(line.measure.number, line.words) for line in response.context["rolling"].lines if line.error]
    made = Roadmap.objects.filter(rolled_from=world.roadmap).count()
    assert (response.status_code, response.context["trouble"], wrong, made) == (
        422, "Исправьте сроки, которые не поняты.", [("1.2.", "когда-нибудь потом")], 0,
    )  # fmt: skip


def test_done_and_not_required_are_left_behind_as_chosen(world: World, as_: Callable[[str], Any]) -> None:
    Assignment.objects.filter(measure=world.measure("1.1.")).update(state="done", done_on=date(2026, 9, 20))
    Assignment.objects.filter(measure=world.measure("1.3.")).update(state="not_applicable", reason="Нет")
    browser, taken = as_("municipal"), {}
    for which in ("all", "not_done", "required"):
        rolling = browser.get(reverse("roadmap:roll_form", args=[world.roadmap.pk]), {"which": which}).context["rolling"]
        taken[which] = [line.measure.number for line in rolling.lines if line.taken]
    assert taken == {
        "all": ["1.1.", "1.2.", "1.3.", "2.1.", "2.2.", "2.3."], "not_done": ["1.2.", "2.1.", "2.2.", "2.3."],
        "required": ["1.1.", "1.2.", "2.1.", "2.2.", "2.3."],
    }  # fmt: skip


def test_a_model_stays_a_model(world: World, as_: Callable[[str], Any], run_jobs: Callable[[], None]) -> None:
    model, browser = model_of(world), as_("municipal")
    rolling = browser.get(reverse("roadmap:roll_form", args=[model.pk])).context["rolling"]
    command(browser, "roll_over", model.pk, **form_of(rolling))
    run_jobs()
    made = Roadmap.objects.get(rolled_from=model)
    assert (made.purpose, made.published_at, made.assignments.count()) == ("model", None, 0)
