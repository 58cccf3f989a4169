"""The plan as an official paper: downloaded, and read again as somebody else's department would read it."""

import tempfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastavnik.documents.official import FORMATS
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.exports.papers import official_paper
from nastavnik.roadmap.models import ApprovalStep, Roadmap
from nastavnik.roadmap.queries.papers import plan_at_work
from planreader import read_plan
from planreader.model import Approval, Deadline, Plan
from tests.planreader import papers
from tests.planreader.test_deadlines import deadline_of, spans
from tests.planreader.test_generated import Printed, printed_plans
from tests.worlds import World, plan_of

SEEDS = sorted(Path("../shared/seeds").glob("*.txt"))
MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def paper_place() -> Organisation:
    """A department that is not in the database."""
    return Organisation(kind="municipality", name="Луговой район", head_post="Начальник отдела", head_name="И. О. Полянская")


def stored(plan: Plan) -> Roadmap:
    """A roadmap that is not in the database, with the stamp of the plan."""
    roadmap = Roadmap(organisation=paper_place(), title=plan.title)
    if plan.approval:
        approval = plan.approval
        roadmap.approved_post, roadmap.approved_name, roadmap.approved_on = approval.post, approval.name, approval.date
    return roadmap


def written_and_read(plan: Plan, kind: str = "docx") -> Plan:
    """The plan after a way through a file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"plan.{kind}"
        file.write_bytes(FORMATS[kind][0](official_paper(stored(plan), plan)).read())
        return read_plan(file)


def bare(plan: Plan) -> Plan:
    """Without doubts: they are about the paper that was read, not about the plan."""
    sections = tuple(
        replace(section, measures=tuple(replace(one, warnings=()) for one in section.measures)) for section in plan.sections
    )
    return replace(plan, sections=sections, warnings=())


def read_from(printed: Printed) -> Plan:
    """A generated plan as it was first read."""
    with tempfile.TemporaryDirectory() as folder:
        return read_plan(papers.word(Path(folder) / "plan.docx", printed.rows()))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@given(printed=printed_plans())
@few
def test_written_and_read_again_it_is_the_same_plan(kind: str, printed: Printed) -> None:
    plan = read_from(printed)
    assert bare(written_and_read(plan, kind)) == bare(plan)


@given(printed=printed_plans(), found=st.lists(spans(), min_size=1, max_size=3))
@few
def test_a_deadline_that_a_person_corrected_is_printed_as_it_is_meant(printed: Printed, found: list[Any]) -> None:
    plan = read_from(printed)
    first = plan.sections[0].measures[0]
    corrected = replace(deadline_of(found), text=first.deadline.text)
    measures = (replace(first, deadline=corrected), *plan.sections[0].measures[1:])
    plan = replace(plan, sections=(replace(plan.sections[0], measures=measures), *plan.sections[1:]))
    back = written_and_read(plan).sections[0].measures[0].deadline
    assert value(back) == value(corrected)


def value(deadline: Deadline) -> tuple[Any, ...]:
    """A deadline without its words."""
    return deadline.kind, deadline.start, deadline.end, deadline.occurrences


@pytest.mark.skipif(not SEEDS, reason="the real plans are not here")
@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
def test_real_plans_come_back(seed: Path, kind: str) -> None:
    plan = read_plan(seed)
    head = Approval("Начальник отдела", "И. О. Полянская", None)  # an unsigned stamp says who is to sign
    assert bare(written_and_read(plan, kind)) == replace(bare(plan), approval=plan.approval or head)


def test_a_section_with_a_deadline_of_its_own_gives_it_to_its_measures() -> None:
    year = plan_of(paper_place())
    section = replace(year.sections[0], deadline=year.sections[0].measures[0].deadline)
    inherited = replace(section.deadline, inherited=True)
    section = replace(section, measures=tuple(replace(one, deadline=inherited) for one in section.measures))
    plan = replace(year, sections=(section,))
    assert written_and_read(plan).sections == bare(plan).sections


def lines(plan: Plan) -> list[tuple[Any, ...]]:
    """What stands in the table."""
    return [(one.number, one.text, one.deadline.text, one.deadline.kind, one.parties) for one in plan.measures]


def download(client: Any, world: World, kind: str, query: str = "") -> Any:
    """The file as the browser gets it."""
    return client.get(f"/roadmap/{world.roadmap.pk}/paper/{kind}/{query}")


def test_the_downloaded_word_document_is_the_plan_at_work(as_: Any, world: World, tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(b"".join(download(as_("municipal"), world, "docx").streaming_content))
    plan = plan_of(world.place("lakeside"))
    assert lines(read_plan(file)) == lines(plan)
    assert bare(plan_at_work(world.roadmap)) == bare(plan)


def test_it_looks_like_an_official_plan(as_: Any, world: World) -> None:
    Roadmap.objects.filter(pk=world.roadmap.pk).update(
        approved_post="Начальник управления", approved_name="М. О. Седова", approved_on=date(2026, 9, 5), approved_number="41-о"
    )
    document = Document(BytesIO(b"".join(download(as_("municipal"), world, "docx").streaming_content)))
    page, table = document.sections[0], document.tables[1]
    assert page.page_width > page.page_height
    assert [line.text for line in document.tables[0].cell(0, 1).paragraphs] == [
        "УТВЕРЖДАЮ", "Начальник управления", "______________ М. О. Седова", "Приказ от 05.09.2026 № 41-о"
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[0].cells] == ["№ п/п", "Мероприятие", "Срок исполнения", "Ответственные"]
    assert [row._tr.trPr is not None and row._tr.trPr.find(f"{MAIN}tblHeader") is not None for row in table.rows] == [
        True, *[False] * 8
    ]  # fmt: skip


def test_the_paper_of_a_school_says_who_endorsed_it_and_when(as_: Any, world: World) -> None:
    place = world.place("school-1")
    plan = Roadmap.objects.create(organisation=place, title="Дорожная карта школы", region_id=place.region_id, stage="endorsed")
    ApprovalStep.objects.create(
        roadmap=plan, position=1, kind="endorsed", organisation=world.place("lakeside"), number="214", on=date(2026, 10, 5)
    )
    response = as_("school").get(f"/roadmap/{plan.pk}/paper/docx/")
    stamp = Document(BytesIO(b"".join(response.streaming_content))).tables[0].cell(0, 0)
    assert [line.text for line in stamp.paragraphs] == [
        "СОГЛАСОВАНО", "Приозёрный округ", "______________", "Письмо от 05.10.2026 № 214"
    ]  # fmt: skip


def test_marks_are_those_of_the_own_branch(as_: Any, world: World) -> None:
    document = Document(BytesIO(b"".join(download(as_("school"), world, "docx", "?marks=1").streaming_content)))
    marks = [row.cells[-1].text for row in document.tables[1].rows if row.cells[0].text.startswith("1.1")]
    assert marks == ["выполнено 0 из 1, просрочено 1"]


@pytest.mark.parametrize("kind", ["doc", "txt", "exe"])
def test_another_format_is_not_there(as_: Any, world: World, kind: str) -> None:
    assert download(as_("municipal"), world, kind).status_code == 404
