"""What Word puts around and into the text of a plan."""

from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml

from planreader import read_plan
from tests.planreader import papers

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
ROWS = [
    ["№", "Мероприятие", "Срок", "Ответственный"],
    ["1", "Приказ", "сентябрь 2026", "Директор"],
    ["2", "Сбор анкет", "октябрь 2026", "Куратор"],
]
INTRO = ["Дорожная карта на 2026/2027 учебный год"]


def document_of(folder: Path, rows: list[list[str]] = ROWS) -> Any:
    """An open document with the plan."""
    return Document(str(papers.word(folder / "source.docx", rows, intro=INTRO)))


def saved(document: Any, folder: Path) -> Path:
    """Its file."""
    document.save(str(folder / "plan.docx"))
    return folder / "plan.docx"


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_numbers_that_word_prints_by_itself(tmp_path: Path) -> None:
    document = document_of(tmp_path, [ROWS[0], *(["", *row[1:]] for row in ROWS[1:])])
    for row in document.tables[0].rows[1:]:
        row.cells[0].paragraphs[0].style = document.styles["List Number"]
    assert [one.number for one in read_plan(saved(document, tmp_path)).measures] == ["1.", "2."]


def test_numbers_of_several_levels(tmp_path: Path) -> None:
    rows = [ROWS[0], ["", "Подготовка", "", ""], ["", *ROWS[1][1:]], ["", *ROWS[2][1:]], ["", "Итоги", "", ""], ["", *ROWS[1][1:]]]
    document = document_of(tmp_path, rows)
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, text in enumerate(["%1.", "%1.%2."])
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {SPACES} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {SPACES} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for row, level in zip(document.tables[0].rows[1:], [0, 1, 1, 0, 1], strict=True):
        number = f'<w:numPr {SPACES}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        row.cells[0].paragraphs[0]._p.get_or_add_pPr().append(parse_xml(number))
    plan = read_plan(saved(document, tmp_path))
    assert [(section.number, section.title, [one.number for one in section.measures]) for section in plan.sections] == [
        ("1.", "Подготовка", ["1.1.", "1.2."]), ("2.", "Итоги", ["2.1."]),
    ]  # fmt: skip


def test_a_stamp_in_a_text_box_is_read_once(tmp_path: Path) -> None:
    document = document_of(tmp_path)
    lines = ["УТВЕРЖДАЮ", "Директор школы", "П. П. Сорокина", "01.09.2026"]
    box = f"<w:txbxContent>{''.join(f'<w:p>{run(line)}</w:p>' for line in lines)}</w:txbxContent>"
    both = f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>'
    shape = f"<w:p {SPACES}><w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r></w:p>"
    document.element.body.insert(0, parse_xml(shape))
    approval = read_plan(saved(document, tmp_path)).approval
    assert approval is not None
    assert (approval.post, approval.name, str(approval.date)) == ("Директор школы", "П. П. Сорокина", "2026-09-01")


def test_the_stamp_in_a_layout_table(tmp_path: Path) -> None:
    source = papers.word(tmp_path / "a.docx", ROWS, intro=INTRO)
    document = Document(str(source))
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "СОГЛАСОВАНО\nПротокол от 30.08.2026 № 1"
    table.cell(0, 1).text = "УТВЕРЖДАЮ\nДиректор школы\n________ П. П. Сорокина\nПриказ от 01.09.2026 № 42"
    document.element.body.insert(0, table._tbl)
    plan = read_plan(saved(document, tmp_path))
    assert plan.approval is not None
    assert (plan.approval.post, plan.approval.name, str(plan.approval.date)) == ("Директор школы", "П. П. Сорокина", "2026-09-01")
    assert plan.title == INTRO[0]


def test_tracked_changes_and_content_controls(tmp_path: Path) -> None:
    document = document_of(tmp_path)
    table = document.tables[0]
    paragraph = table.cell(1, 1).paragraphs[0]._p
    paragraph.append(parse_xml(f'<w:ins {SPACES} w:id="1" w:author="a">{run(" о внедрении")}</w:ins>'))
    paragraph.append(parse_xml(f'<w:del {SPACES} w:id="2" w:author="a"><w:r><w:delText>Прежнее</w:delText></w:r></w:del>'))
    paragraph.append(parse_xml(f'<w:moveFrom {SPACES} w:id="3" w:author="a">{run("Перенесённое")}</w:moveFrom>'))
    control = parse_xml(f"<w:sdt {SPACES}><w:sdtContent/></w:sdt>")
    table._tbl.getparent().replace(table._tbl, control)
    control[0].append(table._tbl)
    assert [one.text for one in read_plan(saved(document, tmp_path)).measures] == ["Приказ о внедрении", "Сбор анкет"]
