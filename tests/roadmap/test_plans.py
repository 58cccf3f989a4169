"""From the file to the board: upload, preview, corrections, acceptance, template, by hand."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from nastavnik.organisations.calendars import SchoolYear
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.models import Assignment, Measure, PlanDraft, Roadmap
from nastavnik.roadmap.queries.templates import model_plan, plan_for
from planreader.model import DeadlineKind
from tests.planreader import papers
from tests.worlds import World, untouched

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
ROWS = [
    ["№ п/п", "Мероприятия", "Сроки", "Ответственные"],
    ["1.", "Подготовка", "", ""],
    ["1.1.", "Назначение кураторов", "до 01.11.2026", "Руководители ОО"],
    ["1.2.", "Сбор анкет", "после праздника", "Кураторы ОО"],
    ["1.3.", "Отчёт", "абракадабра", "МУ ОО"],
]


@pytest.fixture
def file(tmp_path: Path) -> SimpleUploadedFile:
    """A plan as a Word file."""
    return upload_of(papers.word(tmp_path / "План.docx", ROWS))


def upload_of(path: Path) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(path.name, path.read_bytes())


@pytest.fixture
def draft(world: World, as_: Callable[[str], Any], file: SimpleUploadedFile) -> PlanDraft:
    """The draft of that plan."""
    as_("municipal").post(reverse("roadmap:read_upload"), {"file": file})
    return PlanDraft.objects.get()


def send(browser: Any, name: str, draft: PlanDraft, *more: Any, **form: Any) -> Any:
    """A command on a draft."""
    return browser.post(reverse(f"roadmap:{name}", args=[draft.pk, *more]), form, follow=True)


def told(response: Any) -> list[str]:
    """What the person is told."""
    return [str(message) for message in response.context["messages"]]


def test_upload_creates_a_draft_and_nothing_else(world: World, draft: PlanDraft) -> None:
    assert (draft.organisation.slug, draft.source_name, Roadmap.objects.count()) == ("lakeside", "План.docx", 2)
    assert [len(section["measures"]) for section in draft.plan["sections"]] == [3]


def test_the_preview_shows_doubtful_lines_first_and_says_why_acceptance_waits(
    world: World, as_: Callable[[str], Any], draft: PlanDraft
) -> None:
    response = as_("municipal").get(reverse("roadmap:draft_detail", args=[draft.pk]))
    lines = [(line.printed.number, line.blocks, line.reasons) for line in response.context["doubtful"]]
    assert lines == [
        ("1.3.", True, ("Срок не распознан. Укажите его сами или оставьте без даты.",)),
        ("1.2.", False, ("День назначает другой документ или событие.",)),
    ]
    text = response.content.decode()
    assert ("Не распознано сроков: 1. Уточните их или оставьте без даты." in text, 'aria-disabled="true"' in text) == (True, True)


def test_acceptance_is_refused_until_every_unread_deadline_is_decided(
    world: World, as_: Callable[[str], Any], draft: PlanDraft, run_jobs: Callable[[], None]
) -> None:
    browser = as_("municipal")
    assert told(send(browser, "accept_draft", draft)) == ["Уточните сроки, которые не распознаны, или оставьте их без даты."]
    send(browser, "decide_line", draft, 2, "undated")
    send(browser, "accept_draft", draft)
    send(browser, "accept_draft", draft)
    run_jobs()
    roadmap = Roadmap.objects.get(source_name="План.docx")
    owed = roadmap.assignments.order_by("measure__position", "organisation__kind", "organisation__sort_key")
    assert [(one.measure.number, one.organisation.slug, one.due_on, one.awaits_date) for one in owed] == [
        *(("1.1.", slug, date(2026, 11, 1), False) for slug in ("school-1", "school-2", "school-10")),
        *(("1.2.", slug, None, True) for slug in ("school-1", "school-2", "school-10")),
        ("1.3.", "lakeside", None, True),
    ]


def test_a_correction_is_kept_and_the_paper_stays(world: World, as_: Callable[[str], Any], draft: PlanDraft) -> None:
    browser = as_("municipal")
    form = {
        "number": "1.3.", "text": "Отчёт школ", "result": "", "mode": "by", "by_day": "2026-12-20", "party_0": "МУ ОО",
        "role_0": "",
        "party_1": "школы", "role_1": "school_coordinator|each_school", "version": "1",
    }  # fmt: skip
    send(browser, "save_line", draft, 2, **form)
    response = browser.get(reverse("roadmap:draft_detail", args=[draft.pk]))
    line = response.context["reading"].lines[2]
    assert (line.printed.text, line.measure.text, line.measure.deadline.end, line.blocks) == (
        "Отчёт",
        "Отчёт школ",
        date(2026, 12, 20),
        False,
    )
    assert [(party.text, party.role.value) for party in line.measure.parties] == [
        ("МУ ОО", "municipal_department"), ("школы", "school_coordinator"),
    ]  # fmt: skip
    stale = send(browser, "save_line", draft, 2, **{**form, "text": "Другое"})
    assert told(stale) == ["План тем временем правили в другом окне. Проверьте свою правку и сохраните ещё раз."]


@pytest.mark.parametrize(
    ("form", "name", "words"),
    [
        ({"mode": "by"}, "by_day", "Укажите день."),
        ({"mode": "range", "start": "2026-12-02", "end": "2026-12-01"}, "end", "Конец раньше начала. Проверьте даты."),
        ({"mode": "range", "start": "2026-12-02"}, "end", "Укажите оба дня."),
    ],
)
def test_a_wrong_correction_says_what_is_missing(
    world: World, as_: Callable[[str], Any], draft: PlanDraft, form: dict[str, str], name: str, words: str
) -> None:
    before = untouched(PlanDraft.objects)
    response = send(as_("municipal"), "save_line", draft, 0, text="Отчёт", **form)
    assert (response.status_code, response.context["form"].errors[name], untouched(PlanDraft.objects)) == (422, [words], before)


def test_a_phrase_is_read_while_it_is_typed(world: World, as_: Callable[[str], Any]) -> None:
    url = reverse("roadmap:read_phrase")
    response = as_("municipal").get(url, {"phrase": "май – июнь", "from": "2026-09-01", "to": "2027-08-31"})
    assert (response.context["words"], response.context["warnings"]) == (
        "май – июнь 2027",
        ("Год не напечатан, подходит только 2027.",),
    )


def test_a_measure_can_be_left_out_and_taken_back(world: World, as_: Callable[[str], Any], draft: PlanDraft) -> None:
    browser, url = as_("municipal"), reverse("roadmap:draft_detail", args=[draft.pk])
    send(browser, "decide_line", draft, 2, "out")
    assert (browser.get(url).context["taken"], browser.get(url).context["blocking"]) == (2, 0)
    send(browser, "decide_line", draft, 2, "back")
    assert (browser.get(url).context["taken"], browser.get(url).context["blocking"]) == (3, 1)


def test_another_period_lets_the_words_be_read_anew(world: World, as_: Callable[[str], Any], tmp_path: Path) -> None:
    rows = [ROWS[0], ["1", "Отчёт", "май", "МУ ОО"]]
    browser = as_("municipal")
    browser.post(
        reverse("roadmap:read_upload"), {"file": upload_of(papers.word(tmp_path / "p.docx", rows, intro=["Дорожная карта"]))}
    )
    draft = PlanDraft.objects.get()
    response = browser.get(reverse("roadmap:draft_detail", args=[draft.pk]))
    assert (response.context["blocking"], response.context["reading"].horizon) == (1, None)
    send(browser, "save_heading", draft, title="Карта", starts_on="2026-09-01", ends_on="2027-08-31")
    line = browser.get(reverse("roadmap:draft_detail", args=[draft.pk])).context["reading"].lines[0]
    assert (line.measure.deadline.end, line.blocks) == (date(2027, 5, 31), False)


def test_the_same_plan_again_is_recognised(
    world: World, as_: Callable[[str], Any], draft: PlanDraft, file: SimpleUploadedFile, tmp_path: Path
) -> None:
    browser = as_("municipal")
    again = browser.post(reverse("roadmap:read_upload"), {"file": upload_of(papers.excel(tmp_path / "План.xlsx", ROWS))})
    assert again.url == reverse("roadmap:draft_detail", args=[draft.pk])
    send(browser, "leave_undated", draft)
    send(browser, "accept_draft", draft)
    response = browser.post(reverse("roadmap:read_upload"), {"file": upload_of(papers.word(tmp_path / "Копия.docx", ROWS))})
    assert (response.status_code, response.context["trouble"]) == (422, "Такая дорожная карта уже принята. Откройте её в списке.")


def test_a_bad_file_says_what_to_do_and_leaves_nothing(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("municipal").post(
        reverse("roadmap:read_upload"), {"file": SimpleUploadedFile("фото.docx", b"\xff\xd8\xff" + b"0" * 900)}
    )
    assert (response.status_code, response.context["trouble"], PlanDraft.objects.count()) == (
        422, "Это снимок, а не документ: текста в нём нет. Загрузите файл Word, Excel или PDF с текстом.", 0,
    )  # fmt: skip


def test_a_discarded_draft_leaves_nothing(world: World, as_: Callable[[str], Any], draft: PlanDraft) -> None:
    browser = as_("municipal")
    assert told(send(browser, "discard_draft", draft)) == ["Черновик убран. Ничего не создано."]
    assert told(send(browser, "accept_draft", draft)) == ["Этот план отменён. Загрузите файл ещё раз."]
    assert Roadmap.objects.count() == 2


def test_500_measures_keep_the_preview_light(world: World, as_: Callable[[str], Any], tmp_path: Path) -> None:
    rows = [ROWS[0]]
    for section in range(1, 26):
        rows += [[f"{section}.", f"Раздел {section}", "", ""]]
        rows += [
            [f"{section}.{number}.", f"Мероприятие {section} по счёту {number}", "Октябрь 2026", "Руководители ОО"]
            for number in range(1, 21)
        ]
    browser = as_("municipal")
    browser.post(reverse("roadmap:read_upload"), {"file": upload_of(papers.tabbed(tmp_path / "p.txt", rows))})
    response = browser.get(reverse("roadmap:draft_detail", args=[PlanDraft.objects.get().pk]))
    assert (response.context["taken"], len(response.content) < 100_000) == (500, True)


def test_the_template_covers_every_measure_of_the_known_plans() -> None:
    covered = sorted(cover for section in model_plan()["sections"] for entry in section["measures"] for cover in entry["covers"])
    numbers_a = [
        f"A {section}.{number}" for section, last in enumerate([9, 5, 7, 2, 3, 2, 2], start=1) for number in range(1, last + 1)
    ]
    numbers_b = [f"B {number}" for number in ("1.1", "1.2", "1.3", "1.4", "1.6", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3")]
    assert covered == sorted(numbers_a + numbers_b)


def test_every_deadline_and_party_of_the_template_is_understood() -> None:
    plan = plan_for(SchoolYear(2026), model_plan())
    assert {measure.deadline.kind for measure in plan.measures} <= {
        DeadlineKind.BY, DeadlineKind.RANGE, DeadlineKind.LIST, DeadlineKind.WHOLE_PERIOD, DeadlineKind.EXTERNAL,
    }  # fmt: skip
    assert [measure.number for measure in plan.measures if not measure.parties] == []
    assert {party.scope.value for measure in plan.measures for party in measure.parties} == {"municipality", "each_school"}


def test_a_plan_from_the_template(world: World, as_: Callable[[str], Any], run_jobs: Callable[[], None]) -> None:
    browser = as_("municipal")
    browser.post(reverse("roadmap:begin_from_template"), {"year": "2027"})
    draft = PlanDraft.objects.get()
    send(browser, "accept_draft", draft)
    run_jobs()
    roadmap = Roadmap.objects.get(source_name="Типовой план, 2027/28")
    share = roadmap.assignments.filter(organisation__slug="school-1").count()
    assert (roadmap.starts_on, roadmap.measures.count(), share > 25) == (date(2027, 9, 1), 35, True)


def test_a_plan_by_hand(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    browser.post(reverse("roadmap:begin_by_hand"), {"title": "Свой план", "starts_on": "2026-09-01", "ends_on": "2027-08-31"})
    roadmap = Roadmap.objects.get(title="Свой план")
    browser.post(reverse("roadmap:save_section", args=[roadmap.pk]), {"number": "1.", "title": "Раздел"})
    section = roadmap.sections.get()
    browser.post(reverse("roadmap:save_new_measure", args=[section.pk]),
                 {"number": "1.1.", "text": "Опрос", "mode": "phrase", "phrase": "до 15 декабря", "party_0": "Руководители ОО",
                  "role_0": ""})  # fmt: skip
    assert sorted(roadmap.assignments.values_list("organisation__slug", "due_on")) == [
        (slug, date(2026, 12, 15)) for slug in ("school-1", "school-10", "school-2")
    ]
    measure = roadmap.measures.get()
    browser.post(reverse("roadmap:save_measure", args=[measure.pk]),
                 {"number": "1.1.", "text": "Опрос", "mode": "phrase", "phrase": "до 20 декабря", "party_0": "Руководители ОО",
                  "role_0": "", "version": "1", "reason": "Карантин"})  # fmt: skip
    assert set(roadmap.assignments.values_list("due_on", flat=True)) == {date(2026, 12, 20)}
    browser.post(reverse("roadmap:remove_measure", args=[measure.pk]), {"reason": "Лишнее"})
    assert roadmap.measures.count() == 0


def test_a_change_keeps_what_schools_have_done(world: World, as_: Callable[[str], Any]) -> None:
    measure = world.measure("1.2.")
    Assignment.objects.filter(pk=world.assignment("1.2.", "school-1").pk).update(state="done", done_on=date(2026, 10, 1))
    browser = as_("municipal")
    browser.post(reverse("roadmap:save_measure", args=[measure.pk]),
                 {"text": "Разработка положения", "mode": "by", "by_day": "2026-12-01", "party_0": "МУ ОО", "role_0": "",
                  "version": "1", "reason": "Передано управлению"})  # fmt: skip
    left = measure.assignments.order_by("organisation__sort_key")
    assert [(one.organisation.slug, one.state) for one in left] == [("lakeside", "planned"), ("school-1", "done")]
    refused = browser.post(reverse("roadmap:remove_measure", args=[measure.pk]), {"reason": "Лишнее"}, follow=True)
    assert told(refused)[-1:] == ["По этому мероприятию уже есть отметки. Отметьте задания «Не требуется»: история сохранится."]


def test_an_archived_plan_reminds_nobody(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    browser.post(reverse("roadmap:archive_roadmap", args=[world.roadmap.pk]), {"reason": "Новый год"})
    assert browser.get(reverse("roadmap:assignment_list")).context["page"].rows == []
    assert [one.title for one, _tally in browser.get(reverse("roadmap:roadmap_list") + "?archived=1").context["plans"]] == [
        world.roadmap.title
    ]


def test_unsettled_deadlines_wait_until_somebody_names_them(world: World, as_: Callable[[str], Any]) -> None:
    def waiting(name: str) -> list[tuple[str, int]]:
        lines = as_(name).get(reverse("roadmap:unsettled_list")).context["lines"]
        return [(line.measure.number, line.waiting) for line in lines]

    assert (waiting("municipal"), waiting("school")) == ([("2.1.", 3)], [("2.1.", 1)])
    as_("school").post(reverse("roadmap:name_date", args=[world.assignment("2.1.", "school-1").pk]), {"due_on": "2026-12-10"})
    assert (waiting("municipal"), waiting("school")) == ([("2.1.", 2)], [])


def test_the_command_line_accepts_a_plan_once(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = papers.word(tmp_path / "План.docx", ROWS)
    for _ in range(2):
        call_command("import_plan", str(file), organisation="lakeside")
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:] == [
        "Мероприятий: 3, с вопросами: 2, заданий роздано: 7",
        "Этот план уже принят: Дорожная карта внедрения целевой модели наставничества на 2026/2027 учебный год",
    ]
    with pytest.raises(SystemExit) as ended:
        call_command("import_plan", str(file), organisation="nowhere")
    assert ended.value.code == 2


@pytest.mark.skipif(not SEEDS.is_dir(), reason="NO SEEDS beside the repository")
def test_both_real_plans_at_work_in_autumn_2020(world: World, as_: Callable[[str], Any], run_jobs: Callable[[], None]) -> None:
    browser = as_("municipal")
    with time_machine.travel("2020-11-10T09:00:00+03:00", tick=False):
        world.user("municipal").appointments.update(starts_on=date(2020, 6, 1))
        for file in sorted(SEEDS.iterdir()):
            browser.force_login(world.user("municipal"))
            browser.post(reverse("roadmap:read_upload"), {"file": upload_of(file)})
        for draft in PlanDraft.objects.order_by("created_at", "pk"):
            send(browser, "leave_undated", draft)
            send(browser, "accept_draft", draft)
        run_jobs()
        late = Assignment.objects.filter(roadmap__starts_on__year=2020).late(date(2020, 11, 10))
        rows = late.order_by("measure__position", "occurrence").values_list("roadmap_id", "organisation__slug", "measure__number")
        by_place: dict[tuple[int, str], list[str]] = {}
        for roadmap, slug, number in rows:
            by_place.setdefault((Roadmap.objects.get(pk=roadmap).sections.count(), slug), []).append(number)
    schools_a = ["1.3.", "1.4.", "1.5.", "1.6.", "1.7.", "1.8.", "1.9.", "2.5.", "3.2.", "3.3.", "3.5."]
    schools_b = ["1.3.", "1.4.", "1.6.", "2.1", "2.2."]
    assert by_place == {
        (7, "lakeside"): ["1.1", "1.2."], (3, "lakeside"): ["1.1.", "1.2.", "1.3.", "1.6.", "2.1", "2.2."],
        **{(7, school): schools_a for school in ("school-1", "school-2", "school-10")},
        **{(3, school): schools_b for school in ("school-1", "school-2", "school-10")},
    }  # fmt: skip
    measures = Measure.objects.filter(roadmap__starts_on__year=2020)
    assert (measures.count(), measures.exclude(deadline_text="").count()) == (41, 41)
    assert Organisation.objects.schools().filter(municipality__slug="lakeside").count() == 3
    assert (
        json.dumps(sorted(set(measures.values_list("deadline_kind", flat=True))))
        == '["by", "external", "list", "range", "whole_period"]'
    )
