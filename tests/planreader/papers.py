"""Papers for tests: the same rows as a Word document, a workbook, a text or a PDF. All contents are invented."""

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
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
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
    """A PDF of one page with a ruled table: a hand-made file whose font maps every code to its own letter."""
    widths = [60, *([170] * (len(rows[0]) - 1))]
    left, top, height, content = 20, 1180, 22, []
    for line in intro:
        content.append(text_at(left, top, line))
        top -= 14
    for row in rows:
        x = left
        for text, width in zip(row, widths, strict=True):
            content.append(text_at(x + 3, top - 14, text))
            if ruled:
                content.append(f"{x} {top - height} {width} {height} re S")
            x += width
        top -= height
    return write_pdf(path, "\n".join(content))


def text_at(x: float, y: float, text: str) -> str:
    """One line of text."""
    return f"BT /F1 6 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def write_pdf(path: Path, content: str) -> Path:
    """The smallest file that holds one page of Unicode text."""
    cmap = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange " \
           "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end"  # fmt: skip
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1000 1200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /DW 500 /FontDescriptor 8 0 R >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        "<< /Type /FontDescriptor /FontName /Plain /Flags 4 /FontBBox [0 0 1000 1000] /Ascent 800 /Descent -200 /CapHeight 700 "
        "/ItalicAngle 0 /StemV 80 >>",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    path.write_bytes(f"{body}{trailer}startxref\n{len(body)}\n%%EOF".encode("latin-1"))
    return path
