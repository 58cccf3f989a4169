"""Tables as people upload them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

Table = Sequence[Sequence[Any]]
HEADING = ["№ п/п", "Краткое название", "Полное наименование", "Адрес", "ФИО директора", "Телефон", "E-mail", "Сайт", "ИНН"]


def tax_number(seed: int, region: str = "29") -> str:
    """A made-up tax number of ten digits whose control digit is right."""
    first = f"{region}{seed:07}"
    total = sum(weight * int(digit) for weight, digit in zip((2, 4, 10, 3, 5, 9, 4, 6, 8), first, strict=True))
    return f"{first}{total % 11 % 10}"


def school(number: int, **changes: str) -> list[str]:
    """A line of HEADING."""
    values = {
        "number": str(number), "name": f"Школа № {number}", "full": f"МБОУ «Средняя школа № {number}»",
        "address": f"ул. Лесная, д. {number}", "head": "Рябинин Олег Савельевич", "phone": "8 (818) 000-00-00",
        "email": f"school{number}@example.test", "site": f"school{number}.example.test", "tax": tax_number(number),
    }  # fmt: skip
    return list((values | changes).values())


def xlsx(*tables: Table, names: Sequence[str] = ("Школы", "Село", "Прочее"), file: str = "Школы.xlsx", merge: str = "") -> Any:
    """An uploaded workbook, one sheet per table; `merge` merges a range of the first sheet's first row."""
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name, table in zip(names, tables, strict=False):
            sheet = book.add_worksheet(name)
            for place, cells in enumerate(table):
                sheet.write_row(place, 0, cells)
        if merge:
            book.get_worksheet_by_name(names[0]).merge_range(merge, tables[0][0][0])
    return SimpleUploadedFile(file, target.getvalue())


def csv(table: Table, *, mark: str = ";", encoding: str = "utf-8", file: str = "Школы.csv") -> Any:
    """An uploaded text with separators."""
    text = "\r\n".join(mark.join(str(cell) for cell in cells) for cells in table)
    return SimpleUploadedFile(file, text.encode(encoding))


def ods(table: Table) -> Any:
    """An uploaded OpenDocument table."""
    lines = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells)
        + "</table:table-row>"
        for cells in table
    )
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    body = (
        f'<office:body><office:spreadsheet><table:table table:name="Школы">{lines}</table:table></office:spreadsheet></office:body>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    target = BytesIO()
    with ZipFile(target, "w") as folder:
        folder.writestr("mimetype", kind)
        folder.writestr("META-INF/manifest.xml", manifest)
        folder.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>{body}</office:document-content>',
        )
    return SimpleUploadedFile("Школы.ods", target.getvalue())


def read_download(response: Any, sheet: int = 0) -> list[list[Any]]:
    """The table in a downloaded workbook."""
    content = b"".join(response.streaming_content)
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(sheet).to_python()


def downloaded(response: Any) -> Any:
    """A downloaded workbook as an upload."""
    return SimpleUploadedFile("Выгрузка.xlsx", b"".join(response.streaming_content))
