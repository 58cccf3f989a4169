"""Generated plans: a value is printed in one of the layouts, read, and must come back the same."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planreader import plan_from_json, read_plan
from planreader.model import Plan
from tests.planreader import papers

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "src/planreader/plan.schema.json").read_text(encoding="utf-8"))
LETTERS = {"number": 8, "text": 34, "deadline": 18, "party": 24, "result": 20}
BEGINNINGS = ["Разработка", "Обсуждение", "Проведение", "Сбор", "Согласование", "Публикация", "Анализ", "Организация"]
OBJECTS = [
    "положения о наставничестве", "дорожной карты школы", "анкет наставляемых", "списка пар «ученик – ученик»", "отчёта за год",
    "встреч с родителями (законными представителями)", "материалов на сайте",
]  # fmt: skip
DEADLINES = [
    "Сентябрь 2026", "Август - сентябрь 2026", "до 13.10.2026", "До 10 сентября 2026", "В течение всего периода реализации ЦМН",
    "Декабрь 2026, май 2027", "ежеквартально", "Согласно графику ОО", "постоянно", "I квартал 2027", "по мере необходимости",
]  # fmt: skip
PARTIES = ["МУ ОО", "Руководители ОО", "Руководители ОО, кураторы", "МУ ОО, руководители ОО", "Классные руководители", "Куратор"]
RESULTS = ["Приказ", "Положение", "База наставников", "Аналитическая справка"]
HEADINGS = {
    "number": ["№", "№ п/п", "NN п/п"],
    "text": ["Мероприятие", "Наименование мероприятий", "Содержание деятельности", "Пошаговые мероприятия"],
    "deadline": ["Сроки", "Срок реализации", "Дата", "Сроки исполнения"],
    "party": ["Ответственные", "Ответственный исполнитель", "Исполнитель"],
    "result": ["Результат. Вид документа", "Ожидаемый результат", "Контрольный показатель"],
}


@dataclass(frozen=True)
class Printed:
    """A plan as it stands on paper, and how it is laid out."""

    sections: list[tuple[str, list[dict[str, str]]]]
    order: list[str]
    headings: dict[str, str]
    dotted: bool

    def rows(self) -> list[list[str]]:
        """The table."""
        rows = [[self.headings[column] for column in self.order]]
        for place, (title, measures) in enumerate(self.sections, start=1):
            section = {"number": f"{place}.", "text": title}
            rows.append([section.get(column, "") for column in self.order])
            for number, measure in enumerate(measures, start=1):
                line = {**measure, "number": f"{place}.{number}{'.' if self.dotted else ''}"}
                rows.append([line[column] for column in self.order])
        return rows


@st.composite
def printed_plans(draw: st.DrawFn, *, results: bool = True) -> Printed:
    """Two to four sections with one to five measures each; columns in any order behind the number."""
    columns = ["text", "deadline", "party", *(["result"] if results and draw(st.booleans()) else [])]
    order = ["number", *draw(st.permutations(columns))]
    measure = st.fixed_dictionaries({
        "text": st.builds("{} {} (вариант {})".format, st.sampled_from(BEGINNINGS), st.sampled_from(OBJECTS), st.integers(1, 99)),
        "deadline": st.sampled_from(DEADLINES), "party": st.sampled_from(PARTIES), "result": st.sampled_from(RESULTS),
    })  # fmt: skip
    title = st.builds(
        "{} {}".format, st.sampled_from(["Подготовка условий", "Внедрение модели", "Подведение итогов"]), st.integers(1, 9)
    )
    sections = draw(st.lists(st.tuples(title, st.lists(measure, min_size=1, max_size=5)), min_size=2, max_size=4))
    headings = {column: draw(st.sampled_from(HEADINGS[column])) for column in order}
    return Printed(sections, order, headings, draw(st.booleans()))


def read_back(plan: Plan, order: list[str]) -> list[list[str]]:
    """The plan as rows again, without the header."""
    rows = []
    for section in plan.sections:
        title = {"number": section.number, "text": section.title}
        rows.append([title.get(column, "") for column in order])
        for one in section.measures:
            parties = ", ".join(party.text for party in one.parties)
            line = {
                "number": one.number, "text": one.text, "deadline": one.deadline.text, "party": parties, "result": one.result or "",
            }  # fmt: skip
            rows.append([line[column] for column in order])
    return rows


def comes_back(printed: Printed, make: Callable[[Path, papers.Rows], Path], name: str) -> None:
    """Print, read, compare; the JSON fits the schema and gives the same value."""
    with tempfile.TemporaryDirectory() as folder:
        plan = read_plan(make(Path(folder) / name, printed.rows()))
    assert read_back(plan, printed.order) == printed.rows()[1:]
    value = plan.to_json()
    jsonschema.validate(value, SCHEMA)
    assert plan_from_json(json.loads(json.dumps(value))) == plan


def widths(printed: Printed) -> list[int]:
    """Letters of the columns."""
    return [LETTERS[column] for column in printed.order]


few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(printed_plans())
@few
def test_word(printed: Printed) -> None:
    comes_back(printed, papers.word, "plan.docx")


@given(printed_plans())
@few
def test_excel(printed: Printed) -> None:
    comes_back(printed, papers.excel, "plan.xlsx")


@given(printed_plans())
@few
def test_tabs(printed: Printed) -> None:
    comes_back(printed, papers.tabbed, "plan.txt")


@given(printed_plans(), st.sampled_from([90, 45]))
@few
def test_ruled_pdf(printed: Printed, lines: int) -> None:
    def make(path: Path, rows: papers.Rows) -> Path:
        return papers.paged_pdf(path, rows, letters=widths(printed), lines_per_page=lines)

    comes_back(printed, make, "plan.pdf")


@given(printed_plans(), st.sampled_from([90, 45]))
@few
def test_open_pdf(printed: Printed, lines: int) -> None:
    def make(path: Path, rows: papers.Rows) -> Path:
        return papers.paged_pdf(path, rows, letters=widths(printed), ruled=False, lines_per_page=lines)

    comes_back(printed, make, "plan.pdf")


@given(printed_plans())
@few
def test_columns_of_spaces(printed: Printed) -> None:
    comes_back(printed, lambda path, rows: papers.spaced(path, rows, letters=widths(printed)), "plan.txt")


@given(printed_plans(results=False), st.sampled_from([("text", "deadline", "party"), ("text", "party", "deadline")]))
@few
def test_flattened(printed: Printed, behind: tuple[str, ...]) -> None:
    ordered = Printed(printed.sections, ["number", *behind], printed.headings, printed.dotted)
    comes_back(ordered, papers.flattened, "plan.txt")
