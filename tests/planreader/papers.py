"""Papers for tests: the same rows as a Word document, a workbook, a text or a PDF. All contents are invented."""

import textwrap
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from docx import Document

Rows = Sequence[Sequence[str]]
INTRO = ["УТВЕРЖДАЮ", "Начальник отдела образования", "Лугового района", "И. О. Полянская", "«05» сентября 2026 г.", "",
         "Дорожная карта внедрения целевой модели наставничества", "на 2026/2027 учебный год"]  # fmt: skip


def word(path: Path, rows: Rows, *, intro: Sequence[str] = INTRO, merges: Sequence[tuple[int, int, int, int]] = ()) -> Path:
    """A document; `merges` are (top, left, bottom, right) of the table."""
    document = Document()
    for line in intro:
        document.add_paragraph(line)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for cell, text in zip(table._cells, [text for row in rows for text in row], strict=True):
        cell.text = text
    for top, left, bottom, right in merges:
        text = rows[top][left]
        table.cell(top, left).merge(table.cell(bottom, right)).text = text
    document.save(str(path))
    return path


def excel(path: Path, rows: Rows, *, intro: Sequence[str] = INTRO, merges: Sequence[tuple[int, int, int, int]] = ()) -> Path:
    """A workbook of one sheet."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("План")
        for place, line in enumerate(intro):
            sheet.write_string(place, 1, line)
        start = len(intro)
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(start + place, column, text)
        for top, left, bottom, right in merges:
            sheet.merge_range(start + top, left, start + bottom, right, rows[top][left])
    return path


def tabbed(path: Path, rows: Rows, *, intro: Sequence[str] = INTRO, encoding: str = "utf-8") -> Path:
    """A text with tabs."""
    lines = [*intro, *("\t".join(text.replace("\n", " ") for text in row) for row in rows)]
    path.write_text("\n".join(lines), encoding=encoding)
    return path


def spaced(
    path: Path, rows: Rows, *, letters: Sequence[int], intro: Sequence[str] = INTRO, middle: bool = False, parted: bool = False
) -> Path:
    """A text whose columns are kept by spaces, as programs print the pages of a PDF; `middle`: cells are centred, `parted`: a
    blank line stands between the rows."""
    lines = [*intro, ""]
    for row in rows:
        for line in wrapped_row(row, letters, middle=middle):
            lines.append("  ".join(text.ljust(width) for text, width in zip(line, letters, strict=True)).rstrip())
        lines += [""] * parted
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def flattened(path: Path, rows: Rows, *, intro: Sequence[str] = INTRO, width: int = 34) -> Path:
    """What a PDF leaves: the words of each row one after the other, wrapped."""
    lines = [*intro]
    for row in rows:
        words, line = " ".join(row).split(), ""
        for word_ in words:
            if line and len(line) + len(word_) > width:
                lines += [line, ""]
                line = ""
            line = f"{line} {word_}".strip()
        lines.append(line)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def pdf(path: Path, rows: Rows, *, intro: Sequence[str] = INTRO, ruled: bool = True) -> Path:
    """A PDF of one page, every cell on one line."""
    return paged_pdf(path, rows, intro=intro, ruled=ruled, letters=(14, *([60] * (len(rows[0]) - 1))))


def paged_pdf(
    path: Path, rows: Rows, *, letters: Sequence[int], intro: Sequence[str] = INTRO, ruled: bool = True, middle: bool = False,
    lines_per_page: int = 80,
) -> Path:  # fmt: skip
    """A PDF whose columns are `letters` wide: cells are wrapped, a row may be cut by the end of a page. `ruled` draws the
    borders, `middle` puts short cells in the middle of their row."""
    page = PdfPage(lines_per_page)
    pages = [page]
    for line in intro:
        page.text(20, line)
        page.line += 1
    page.line += 1
    for row in rows:
        left = wrapped_row(row, letters, middle=middle)
        while left:
            if page.line + 2 > lines_per_page:
                page = PdfPage(lines_per_page)
                pages.append(page)
            room = int(lines_per_page - page.line)
            now, left = left[:room], left[room:]
            page.row(now, letters, ruled=ruled, closed=not left)
    return write_pdf(path, ["\n".join(one.content) for one in pages], height=lines_per_page * 14 + 60)


def wrapped_row(row: Sequence[str], letters: Sequence[int], *, middle: bool) -> list[list[str]]:
    """Lines of a row, one text per column."""
    cells = [textwrap.wrap(text, width, break_on_hyphens=False) for text, width in zip(row, letters, strict=True)]
    height = max(len(cell) for cell in cells) or 1
    above = [(height - len(cell)) // 2 if middle else 0 for cell in cells]
    padded = [[""] * blank + cell + [""] * height for blank, cell in zip(above, cells, strict=True)]
    return [[cell[line] for cell in padded] for line in range(height)]


class PdfPage:
    """What is drawn on one page; `line` is the next line from the top, a letter is 3 points wide."""

    def __init__(self, lines: int) -> None:
        self.content: list[str] = []
        self.line, self.top = 0.0, lines * 14 + 20

    def height(self) -> float:
        """Where the next line begins, from below."""
        return self.top - self.line * 14

    def text(self, x: float, text: str) -> None:
        """One line of text."""
        if text:
            self.content.append(f"BT /F1 6 Tf {x} {self.height() - 9} Td <{text.encode('utf-16-be').hex()}> Tj ET")

    def row(self, lines: list[list[str]], letters: Sequence[int], *, ruled: bool, closed: bool) -> None:
        """Lines of a row with its borders; a row that goes on on the next page has no border below."""
        top = self.height()
        for line in lines:
            x = 20
            for text, width in zip(line, letters, strict=True):
                self.text(x + 3, text)
                x += width * 3 + 12
            self.line += 1
        self.line += 0.5
        x = 20
        for width in letters if ruled else ():
            right, bottom = x + width * 3 + 12, self.height()
            self.content.append(f"{x} {top} m {x} {bottom} l S {right} {top} m {right} {bottom} l S {x} {top} m {right} {top} l S")
            if closed:
                self.content.append(f"{x} {bottom} m {right} {bottom} l S")
            x = right


def write_pdf(path: Path, pages: Sequence[str], *, height: float = 1200) -> Path:
    """The smallest file that holds pages of Unicode text: a hand-made font maps every code to its own letter."""
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
        "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end"
    )
    kind = "/Type /Font /Subtype /CIDFontType2 /BaseFont /Plain"
    system = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    look = (
        "<< /Type /FontDescriptor /FontName /Plain /Flags 4 /FontBBox [0 0 1000 1000] /Ascent 800 /Descent -200 "
        "/CapHeight 700 /ItalicAngle 0 /StemV 80 >>"
    )
    fonts = "<< /Font << /F1 3 0 R >> >>"
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        f"<< {kind} /CIDSystemInfo {system} /DW 500 /FontDescriptor {look} >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for number, content in enumerate(pages):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1000 {height}] /Contents {7 + 2 * number} 0 R /Resources {fonts} >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    body, offsets = "%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    path.write_bytes(f"{body}{trailer}startxref\n{len(body)}\n%%EOF".encode("latin-1"))
    return path
