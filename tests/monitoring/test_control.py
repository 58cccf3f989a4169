"""A control from its beginning to the settled remark, through the pages that people use."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from nastavnik.core.errors import Refusal
from nastavnik.monitoring.actions.marks import mark_requirement
from nastavnik.monitoring.actions.rounds import open_round
from nastavnik.monitoring.actions.sheets import propose_answers, save_answers, sign_sheet
from nastavnik.monitoring.models import ControlAnswer, ControlRound, ControlSheet
from nastavnik.notifications.models import Message
from tests.worlds import World, untouched

ITEMS = [
    {"text": "Приказ издан", "requirement": "rollout_order"}, {"text": "Мероприятия в срок", "fact": "measures_on_time"},
    {"text": "Наставники обучены"},
]  # fmt: skip
DAYS = {"opens_on": date(2026, 11, 20), "closes_on": date(2026, 12, 20), "ground": "Приказ № 7"}


@pytest.fixture
def control(world: World) -> ControlRound:
    """A control of Lakeside's schools; school 1 has its order."""
    mark_requirement(world.place("school-1"), "rollout_order", state="met", words="Приказ № 41-о", by=None)
    return open_round(world.place("lakeside"), title="Контроль 2026", items=ITEMS, by=world.user("municipal"), **DAYS)


def sheet_of(control: ControlRound, slug: str = "school-1") -> ControlSheet:
    """The sheet of a school as it stands."""
    return control.sheets.get(organisation__slug=slug)


def answers_of(sheet: ControlSheet) -> list[tuple[int, str, bool]]:
    """(number, value, by fact) of what is answered."""
    return list(sheet.answers.order_by("item__position").values_list("item__position", "value", "by_fact"))


def typed(sheet: ControlSheet, *values: str, **more: str) -> dict[str, str]:
    """What the form sends."""
    return {"version": str(sheet.version), "conclusion": "", **{f"value_{at}": value for at, value in enumerate(values)}, **more}


def test_every_open_school_gets_a_sheet_and_what_the_system_knows_stands_in_it(control: ControlRound) -> None:
    assert [sheet.organisation.slug for sheet in control.sheets.order_by("organisation__sort_key")] == [
        "school-1",
        "school-2",
        "school-10",
    ]
    assert (answers_of(sheet_of(control)), answers_of(sheet_of(control, "school-2"))) == (
        [(0, "yes", True), (1, "no", True)], [(1, "no", True)]
    )  # fmt: skip


def test_the_controller_completes_signs_and_the_school_is_told(as_: Any, world: World, control: ControlRound) -> None:
    sheet = sheet_of(control)
    form = typed(sheet, "yes", "partly", "yes", words_0="Приказ № 41-о", words_1="Два срока", remedy_by="2026-12-25", sign="1")
    assert as_("municipal").post(f"/monitoring/sheet/{sheet.pk}/save/", form).status_code == 302
    sheet = sheet_of(control)
    assert (sheet.state, sheet.signed_by, sheet.remedy_by) == ("signed", world.user("municipal"), date(2026, 12, 25))
    assert answers_of(sheet) == [(0, "yes", True), (1, "partly", False), (2, "yes", False)]
    told = Message.objects.filter(kind="monitoring.control")
    assert [(one.recipient.username, one.body) for one in told] == [("school", "Ознакомьтесь с актом. Замечаний: 1.")]


@pytest.mark.parametrize(
    ("values", "more", "sentence"),
    [
        (("yes", "yes"), {}, "Ответьте на все вопросы: не отмечены № 3."),
        (("yes", "no", "yes"), {}, "Есть замечания: назовите день, до которого школа их устранит."),
    ],
)  # fmt: skip
def test_an_unfinished_sheet_is_not_signed_and_nothing_is_half_kept(
    as_: Any, control: ControlRound, values: tuple[str, ...], more: dict[str, str], sentence: str
) -> None:
    sheet, before = sheet_of(control), untouched(ControlAnswer.objects.all())
    response = as_("municipal").post(f"/monitoring/sheet/{sheet.pk}/save/", typed(sheet, *values, sign="1", **more))
    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert untouched(ControlAnswer.objects.all()) == before


def test_two_controllers_do_not_overwrite_each_other(as_: Any, control: ControlRound) -> None:
    sheet, browser = sheet_of(control), as_("municipal")
    form = typed(sheet, "yes", "yes", "yes")
    assert [browser.post(f"/monitoring/sheet/{sheet.pk}/save/", form).status_code for _ in range(2)] == [302, 422]


def test_asking_the_facts_again_leaves_the_controllers_words(world: World, control: ControlRound) -> None:
    sheet = sheet_of(control)
    item = control.items.get(position=1)
    save_answers(sheet, answers={item.pk: ("yes", "Видел сам")}, conclusion="", remedy_by=None, version=1, by=None)
    mark_requirement(world.place("school-2"), "rollout_order", state="not_needed", words="Филиал", by=None)
    propose_answers(control)
    assert (answers_of(sheet_of(control)), answers_of(sheet_of(control, "school-2"))) == (
        [(0, "", False), (1, "yes", False)], [(0, "not_needed", True), (1, "no", True)]
    )  # fmt: skip


@pytest.fixture
def signed(world: World, control: ControlRound) -> ControlSheet:
    """School 1 with a remark, signed."""
    sheet = sheet_of(control)
    found = {0: ("yes", "Приказ № 41-о"), 1: ("yes", ""), 2: ("no", "")}
    answers = {item.pk: found[item.position] for item in control.items.all()}
    kept = save_answers(sheet, answers=answers, conclusion="", remedy_by=date(2026, 12, 25), version=1, by=world.user("municipal"))
    return sign_sheet(kept, version=kept.version, by=world.user("municipal"))


def test_the_school_reads_its_act_only_after_the_signature(as_: Any, world: World, control: ControlRound) -> None:
    sheet = sheet_of(control)
    assert as_("school_head").get(f"/monitoring/sheet/{sheet.pk}/").status_code == 404
    answers = {item.pk: ("yes", "") for item in control.items.all()}
    kept = save_answers(sheet, answers=answers, conclusion="", remedy_by=None, version=1, by=None)
    sign_sheet(kept, version=kept.version, by=world.user("municipal"))
    assert as_("school_head").get(f"/monitoring/sheet/{sheet.pk}/").status_code == 200
    assert as_("school_2").get(f"/monitoring/sheet/{sheet.pk}/").status_code == 404


def test_from_the_signature_to_the_settled_remark(as_: Any, control: ControlRound, signed: ControlSheet) -> None:
    head, department, url = as_("school_head"), as_("municipal"), f"/monitoring/sheet/{signed.pk}/"
    states = []
    for browser, step, form in [
        (head, "acknowledge", {"objection": "Обучение идёт"}), (head, "remedy", {"remedy": "Назначили день"}),
        (department, "settle", {"decision": "back", "words": "Приложите приказ"}), (head, "remedy", {"remedy": "Приказ № 50"}),
        (department, "settle", {"decision": "accept"}),
    ]:  # fmt: skip
        browser.post(f"{url}{step}/", form)
        states.append(sheet_of(control).state)
    assert states == ["acknowledged", "remedied", "acknowledged", "remedied", "settled"]
    assert sorted(one.subject for one in Message.objects.filter(kind="monitoring.control")) == [
        "Акт контроля подписан: Контроль 2026", "Замечания не сняты: Контроль 2026", "Замечания сняты: Контроль 2026"
    ]  # fmt: skip


def test_a_signature_is_taken_back_with_a_reason(as_: Any, control: ControlRound, signed: ControlSheet) -> None:
    department, url = as_("municipal"), f"/monitoring/sheet/{signed.pk}/reopen/"
    department.post(url, {"reason": ""})
    assert sheet_of(control).state == "signed"
    department.post(url, {"reason": "Ошибка в пункте 3"})
    assert (sheet_of(control).state, sheet_of(control).signed_by) == ("filling", None)


def test_a_signed_sheet_does_not_change(as_: Any, control: ControlRound, signed: ControlSheet) -> None:
    before = answers_of(signed)
    response = as_("municipal").post(f"/monitoring/sheet/{signed.pk}/save/", typed(signed, "no", "no", "no"))
    assert (response.status_code, answers_of(sheet_of(control)), propose_answers(control, signed)) == (422, before, 0)


def test_the_act_as_a_word_document(as_: Any, signed: ControlSheet) -> None:
    target = b"".join(as_("school_head").get(f"/monitoring/sheet/{signed.pk}/act/docx/").streaming_content)
    document = Document(BytesIO(target))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [(row[0], row[2]) for row in rows] == [("№ п/п", "Итог"), ("1", "Да"), ("2", "Да"), ("3", "Нет")]
    assert [line.text for line in document.paragraphs if line.text.startswith("Замечаний")] == [
        "Замечаний: 1. Устранить до 25.12.2026."
    ]


def test_the_table_of_all_schools_as_a_file(as_: Any, control: ControlRound, signed: ControlSheet) -> None:
    target = b"".join(as_("municipal").get(f"/monitoring/control/{control.pk}/export/").streaming_content)
    rows = CalamineWorkbook.from_filelike(BytesIO(target)).get_sheet_by_index(0).to_python()
    assert [row[:5] for row in rows[1:]] == [
        ["Школа № 1", "Подписан", "Да: Приказ № 41-о", "Да", "Нет"], ["Школа № 2", "Не начат", "", rows[2][3], ""],
        ["Школа № 10", "Не начат", "", rows[3][3], ""],
    ]  # fmt: skip


def test_a_control_ends_with_a_reason_while_sheets_are_unsigned(world: World, as_: Any, control: ControlRound) -> None:
    url = f"/monitoring/control/{control.pk}/close/"
    department = as_("municipal")
    department.post(url)
    assert ControlRound.objects.get().state == "open"
    department.post(url, {"reason": "Карантин"})
    assert ControlRound.objects.get().state == "closed"
    with pytest.raises(Refusal):
        save_answers(sheet_of(control), answers={}, conclusion="", remedy_by=None, version=1, by=None)


def test_a_control_is_begun_in_a_form_with_own_questions(as_: Any, world: World) -> None:
    form = {
        "title": "Декабрь",
        "opens_on": "2026-12-01",
        "closes_on": "2026-12-31",
        "chosen": ["order"],
        "own": "Есть ли буфет?\n\n",
    }
    browser = as_("municipal")
    assert browser.post("/monitoring/control/new/save/", form).status_code == 302
    assert list(ControlRound.objects.get().items.order_by("position").values_list("text", "requirement")) == [
        ("Приказ о внедрении издан", "rollout_order"), ("Есть ли буфет?", "")
    ]  # fmt: skip
    again = browser.post("/monitoring/control/new/save/", form)
    assert (again.status_code, ControlRound.objects.count()) == (422, 1)


def test_as_many_queries_for_one_sheet_as_for_three(as_: Any, control: ControlRound, count_queries: Any) -> None:
    browser = as_("municipal")
    browser.get(f"/monitoring/control/{control.pk}/")
    one = count_queries(lambda: browser.get(f"/monitoring/control/{control.pk}/?q=10"))
    assert one == count_queries(lambda: browser.get(f"/monitoring/control/{control.pk}/"))


def test_duties_follow_the_control(as_: Any, control: ControlRound, signed: ControlSheet) -> None:
    head, department = (as_(name).get("/").content.decode() for name in ("school_head", "municipal"))
    assert ("Ознакомьтесь с актом: Контроль 2026" in head, "Не подписано листов: 2" in department) == (True, True)
    assert "Контроль 2026" not in as_("upland").get("/").content.decode()
