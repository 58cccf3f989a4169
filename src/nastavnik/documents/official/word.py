"""The paper as a Word document: A4, stamps side by side, a table whose header returns on every page."""

from io import BytesIO
from typing import Any

from nastavnik.documents.official.paper import Heading, OfficialPaper, Stamp

FONT, SIZE, TABLE_SIZE = "Times New Roman", 12, 11
LONG_SIDE, SHORT_SIDE = 29.7, 21.0
LEFT, RIGHT, TOP, BOTTOM = 2.0, 1.0, 1.5, 1.5  # centimetres, as offices bind their papers


def write_word(paper: OfficialPaper) -> BytesIO:
    """The document, at its beginning."""
    from docx import Document  # noqa: PLC0415 -- a heavy library, loaded only when somebody wants a document

    document = Document()
    lay_out(document, paper)
    if paper.left or paper.right:
        add_stamps(document, paper)
    add_lines(document, paper.title.split("\n"), bold=True, centred=True, before=12)
    add_lines(document, paper.notes, centred=True)
    add_table(document, paper)
    add_lines(document, paper.closing, before=6)
    target = BytesIO()
    document.save(target)
    target.seek(0)
    return target


def lay_out(document: Any, paper: OfficialPaper) -> None:
    """Page, font and foot."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Cm, Pt  # noqa: PLC0415

    page = document.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT if paper.upright else WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = (Cm(width(paper)), Cm(LONG_SIDE if paper.upright else SHORT_SIDE))
    page.left_margin, page.right_margin = Cm(LEFT), Cm(RIGHT)
    page.top_margin, page.bottom_margin = Cm(TOP), Cm(BOTTOM)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    style.element.rPr.rFonts.set(tag("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    document.core_properties.title = paper.title[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    add_foot(page.footer.paragraphs[0], paper.running)


def width(paper: OfficialPaper) -> float:
    """Of the page, in centimetres."""
    return SHORT_SIDE if paper.upright else LONG_SIDE


def tag(name: str) -> str:
    """A name of the format with its namespace."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    return qn(name)


def element(name: str, **attributes: str) -> Any:
    """An element of the format."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(tag(f"w:{key}"), value)
    return made


def add_foot(paragraph: Any, words: str) -> None:
    """The number of the page and the running words; readers of plans know by «Стр.» that it is no part of the text."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run("Стр. ")
    run = paragraph.add_run()
    for part in (element("w:fldChar", fldCharType="begin"), element("w:instrText"), element("w:fldChar", fldCharType="end")):
        run._r.append(part)
    run._r[1].text = "PAGE"
    paragraph.add_run(printable(f" · {words}" if words else ""))


def add_stamps(document: Any, paper: OfficialPaper) -> None:
    """Two cells without borders: who endorsed on the left, who approved on the right."""
    table = document.add_table(rows=1, cols=2)
    for cell, stamps in zip(table.rows[0].cells, (paper.left, paper.right), strict=True):
        fill(cell, stamp_lines(stamps))


def stamp_lines(stamps: tuple[Stamp, ...]) -> list[str]:
    """The lines of the stamps of one side, one below the other."""
    return [line for stamp in stamps for line in (stamp.word, *stamp.lines)]


def add_lines(document: Any, lines: Any, *, bold: bool = False, centred: bool = False, before: int = 0) -> None:
    """Paragraphs with some room above the first."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    for place, line in enumerate(lines):
        paragraph = document.add_paragraph()
        paragraph.add_run(printable(line)).bold = bold
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else None
        paragraph.paragraph_format.space_before = Pt(0 if place else before)


def add_table(document: Any, paper: OfficialPaper) -> None:
    """The header and the rows. Cells are reached through rows made one by one: a table of a thousand rows stays quick."""
    from docx.shared import Cm  # noqa: PLC0415

    table = document.add_table(rows=0, cols=len(paper.columns), style="Table Grid")
    table.autofit = False
    room, shares = width(paper) - LEFT - RIGHT, sum(column.share for column in paper.columns)
    widths = [Cm(room * column.share / shares) for column in paper.columns]
    for column, size in zip(table.columns, widths, strict=True):
        column.width = size
    add_row(table, [column.heading for column in paper.columns], widths, bold=True, header=True)
    for row in paper.rows:
        if isinstance(row, Heading):
            add_heading(table, row, len(widths))
        else:
            add_row(table, row.cells, widths, bold=row.strong)


def add_row(table: Any, texts: Any, widths: list[Any], *, bold: bool = False, header: bool = False) -> None:
    """One row that no page break cuts; a header returns on every page."""
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    if header:
        properties.append(element("w:tblHeader"))
    for cell, text, size in zip(row.cells, texts, widths, strict=True):
        cell.width = size
        fill(cell, text.split("\n"), bold=bold, size=TABLE_SIZE)


def add_heading(table: Any, heading: Heading, columns: int) -> None:
    """One cell over the whole width, kept with the row below."""
    cells = table.add_row().cells
    cell = cells[0].merge(cells[columns - 1])
    fill(cell, [heading.text], bold=True, size=TABLE_SIZE)
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def fill(cell: Any, lines: list[str], *, bold: bool = False, size: int = SIZE) -> None:
    """One paragraph per line."""
    from docx.shared import Pt  # noqa: PLC0415

    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        run = paragraph.add_run(printable(line))
        run.bold, run.font.size = bold, Pt(size)


def printable(text: str) -> str:
    """Without the signs that the format does not allow."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\t\u00a0")
