"""Read a plan file."""

from pathlib import Path
from typing import Any

from fileguard import FileKind, FileRefused, check_file, run_limited
from planreader.assembly import assemble
from planreader.body import Body, body_of
from planreader.contract import plan_from_json
from planreader.flattened import flattened_sections
from planreader.model import Plan
from planreader.paper import Paper
from planreader.stamp import read_intro

PlanRefused = FileRefused
NO_PLAN = "В файле не найден план: нужна таблица со столбцами «Мероприятия», «Сроки» и «Ответственные». Загрузите другой файл."


def read_plan(path: str | Path) -> Plan:
    """The plan in a file (docx, xlsx, pdf, txt, csv). Raises PlanRefused with one Russian sentence for every file that
    cannot or may not be read, or that holds no plan. Reads in this process; for files of strangers use
    `read_plan_limited`."""
    file = Path(path)
    paper = read_paper(file, check_file(file))
    body = body_of(paper)
    if not any(section.measures for section in body.sections):
        body = flattened_body(paper)
    if not any(section.measures for section in body.sections):
        raise PlanRefused(NO_PLAN)
    return assemble(read_intro(body.intro), body.sections, warnings=body.notes)


def read_plan_limited(path: str | Path) -> Plan:
    """The same in a child process with limits on memory and time."""
    return plan_from_json(run_limited("planreader.reading:plan_json", str(Path(path).resolve())))


def plan_json(path: str) -> dict[str, Any]:
    """What the child answers."""
    return read_plan(path).to_json()


def read_paper(file: Path, kind: FileKind) -> Paper:
    """By the kind of the content; the library of a format is loaded only for that format."""
    if kind is FileKind.WORD:
        from planreader.readers.word import read_word as reader  # noqa: PLC0415
    elif kind is FileKind.PDF:
        from planreader.readers.pdf import read_pdf as reader  # noqa: PLC0415
    elif kind is FileKind.TEXT:
        from planreader.readers.text import read_text as reader  # noqa: PLC0415
    else:
        from planreader.readers.excel import read_excel as reader  # noqa: PLC0415
    return reader(file)


def flattened_body(paper: Paper) -> Body:
    """The plan in running lines."""
    start, sections, notes = flattened_sections(paper.running)
    return Body(paper.running[:start], sections, notes)
