"""The look at a file before anything opens it."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from fileguard import FileKind, FileRefused, check_file
from fileguard.checking import CHUNK, check_zip

DAMAGED = "Файл повреждён. Откройте его в Word или Excel, сохраните заново и загрузите."
TOO_MUCH = "Внутри файла слишком много данных. Удалите картинки и лишние листы и загрузите снова."
ODD = "Файл устроен неправильно. Откройте его в Word или Excel и сохраните заново."
FAR = "На листе есть ячейка дальше 200000 строк или 100 столбцов. Удалите лишние строки и столбцы."
SHEET = "xl/worksheets/sheet1.xml"


def archive(path: Path, members: dict[str, bytes | str]) -> Path:
    """A compressed archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def refusal(path: Path, check: Callable[[Path], FileKind] = check_file) -> str:
    """The sentence."""
    with pytest.raises(FileRefused) as refused:
        check(path)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", FileKind.PDF),
        (b"\n\n%PDF-1.4\n", FileKind.PDF),
        ("План;срок\n".encode("cp1251"), FileKind.TEXT),
        ("План\tсрок\n".encode("utf-16"), FileKind.TEXT),
        ("План\tсрок\n".encode("utf-16-le"), FileKind.TEXT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), FileKind.OLD_EXCEL),
    ],
)
def test_a_kind_by_content_whatever_the_name(tmp_path: Path, content: bytes, kind: FileKind) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(content)
    assert check_file(file) is kind


def test_kinds_of_archives(tmp_path: Path) -> None:
    assert check_file(archive(tmp_path / "a", {"word/document.xml": "<x/>"})) is FileKind.WORD
    assert check_file(archive(tmp_path / "b", {"mimetype": "x", "content.xml": "<x/>"})) is FileKind.OPEN_SHEET
    assert refusal(archive(tmp_path / "c", {"word/other.xml": "<x/>"})) == DAMAGED
    with xlsxwriter.Workbook(str(tmp_path / "d")) as book:
        book.add_worksheet().write_string(199_999, 99, "последняя")
    assert check_file(tmp_path / "d") is FileKind.EXCEL


@pytest.mark.parametrize("cell", ['<row r="200001">', '<c r="CW1">', '<c s="1" r="A200001">', '<x:c r="XFD1048576">'])
def test_cells_too_far_away(tmp_path: Path, cell: str) -> None:
    for padding in (0, CHUNK - 5, CHUNK - 12):
        members = {"xl/workbook.xml": "<x/>", SHEET: f"<sheetData>{' ' * padding}{cell}</sheetData>"}
        assert refusal(archive(tmp_path / "a.xlsx", members)) == FAR


def test_a_bomb_is_seen_by_its_directory_and_by_its_content(tmp_path: Path) -> None:
    honest = archive(tmp_path / "bomb.docx", {"word/document.xml": b" " * (201 * 2**20)})
    assert refusal(honest) == TOO_MUCH
    smaller = archive(tmp_path / "dense.docx", {"word/document.xml": b" " * (30 * 2**20)})
    assert refusal(smaller) == TOO_MUCH


def test_a_directory_that_lies_about_sizes(tmp_path: Path) -> None:
    file = archive(tmp_path / "bomb.docx", {"word/document.xml": b" " * (30 * 2**20)})
    content = file.read_bytes()
    file.write_bytes(content.replace(struct.pack("<L", 30 * 2**20), struct.pack("<L", 100)))
    assert refusal(file) in {TOO_MUCH, DAMAGED}


def test_the_same_member_twice(tmp_path: Path) -> None:
    file = archive(tmp_path / "a.xlsx", {"xl/workbook.xml": "<x/>", "xl/workboo2.xml": "<x/>"})
    file.write_bytes(file.read_bytes().replace(b"workboo2", b"workbook"))
    assert refusal(file) == ODD


def test_too_many_members(tmp_path: Path) -> None:
    assert refusal(archive(tmp_path / "a.docx", {f"word/{number}.xml": "" for number in range(2001)})) == ODD


def test_nothing_but_the_beginning_of_an_archive(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(b"PK\x03\x04" + bytes(100))
    assert refusal(file, check_zip) == DAMAGED
