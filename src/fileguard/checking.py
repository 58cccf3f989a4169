"""A streaming look at a file: what it is by its content, and whether opening it could harm. Nothing is unpacked into
memory: a workbook of one kilobyte can make a reader allocate gigabytes (a cell named XFD1048576), an archive of four
megabytes can hold a hundred times as much.
"""

import lzma
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from fileguard.refusal import FileRefused

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_RATIO = 200
MOST_MEMBERS = 2000
MOST_ROWS, MOST_COLUMNS = 200_000, 100
CHUNK = 256 * 1024
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# In OLE containers names are UTF-16: an encrypted office file holds this stream.
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
WORD_STREAM = "WordDocument".encode("utf-16-le")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
CELL = re.compile(rb'<(?:\w+:)?(row|c)\b[^>]*?\br="([A-Z]{0,7})(\d{0,12})"')


class FileKind(StrEnum):
    """What a file is by its content."""

    WORD = "docx"
    EXCEL = "xlsx"
    OLD_EXCEL = "xls"
    OPEN_SHEET = "ods"
    PDF = "pdf"
    TEXT = "text"


def check_file(path: Path) -> FileKind:
    """The kind of a file that may be opened; FileRefused with one sentence for every other."""
    head = first_bytes(path)
    if head.startswith(b"PK\x03\x04"):
        return check_zip(path)
    if head.startswith(b"%PDF") or b"%PDF-" in head[:1024]:
        return FileKind.PDF
    if head.startswith(OLE_MARK):
        return check_ole(path)
    if head.startswith(PICTURES):
        raise FileRefused("Это снимок, а не документ: текста в нём нет. Загрузите файл Word, Excel или PDF с текстом.")
    if head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise FileRefused("Это архив. Распакуйте его и загрузите сам документ.")
    if head.startswith(b"{\\rtf"):
        raise FileRefused("Файлы RTF не читаются. Откройте файл в Word и сохраните как «Документ Word (.docx)».")
    if looks_binary(head):
        raise FileRefused("Файл такого вида не читается. Загрузите документ Word, таблицу Excel, PDF или текст.")
    return FileKind.TEXT


def first_bytes(path: Path) -> bytes:
    """The first kilobytes; refuses what is missing, empty or too large."""
    if path.is_dir():
        raise FileRefused(f"«{path.name}» – папка. Укажите файл.")
    try:
        size = path.stat().st_size
        if size == 0:
            raise FileRefused(f"Файл «{path.name}» пустой. Проверьте, сохранился ли он, и выберите другой.")
        if size > LARGEST_FILE:
            raise FileRefused(
                f"Файл больше {LARGEST_FILE // 2**20} МБ. Удалите из него картинки или сохраните только таблицу плана."
            )
        with path.open("rb") as stream:
            return stream.read(8192)
    except OSError as error:
        raise FileRefused(f"Файл «{path.name}» не открывается: его нет или к нему нет доступа.") from error


def looks_binary(head: bytes) -> bool:
    """Control characters that no text has; UTF-16 text is full of zeros but has its mark or a steady pattern of them."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or any(is_high_byte_row(half) for half in (head[::2], head[1::2])):
        return False
    return sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) // 100


def is_high_byte_row(half: bytes) -> bool:
    """Every second byte of Russian UTF-16 text is 0 (Latin, digits) or 4 (Cyrillic)."""
    return bool(half) and half.count(0) + half.count(4) > len(half) * 0.8


def check_ole(path: Path) -> FileKind:
    """The old office container: legacy Word is refused, encrypted files are refused, old Excel is read."""
    with path.open("rb") as stream:
        content = stream.read(LARGEST_FILE)
    if ENCRYPTED_STREAM in content:
        raise FileRefused("Файл защищён паролем. Снимите пароль в Word или Excel и загрузите снова.")
    if WORD_STREAM in content:
        raise FileRefused("Это старый формат Word (.doc). Откройте файл в Word и сохраните как «Документ Word (.docx)».")
    return FileKind.OLD_EXCEL


def check_zip(path: Path) -> FileKind:
    """An office document or workbook whose members may be unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            check_members(members)
            names = {member.filename for member in members}
            kind = kind_of_names(names)
            check_real_sizes(archive, members, scan_cells=kind is FileKind.EXCEL)
            return kind
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        NotImplementedError,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        raise FileRefused("Файл повреждён. Откройте его в Word или Excel, сохраните заново и загрузите.") from error


def check_members(members: list[zipfile.ZipInfo]) -> None:
    """What the directory of the archive says."""
    names = [member.filename for member in members]
    if len(names) != len(set(names)) or len(members) > MOST_MEMBERS:
        raise FileRefused("Файл устроен неправильно. Откройте его в Word или Excel и сохраните заново.")
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused("Файл защищён паролем. Снимите пароль и загрузите снова.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused("В файле есть макросы. Сохраните его без макросов (.docx или .xlsx) и загрузите снова.")
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise FileRefused("Внутри файла слишком много данных. Удалите картинки и лишние листы и загрузите снова.")


def kind_of_names(names: set[str]) -> FileKind:
    """By the parts that each format must have."""
    if "word/document.xml" in names:
        return FileKind.WORD
    if "xl/workbook.xml" in names:
        return FileKind.EXCEL
    if "content.xml" in names and "mimetype" in names:
        return FileKind.OPEN_SHEET
    if any(name.startswith(("word/", "xl/")) for name in names):
        raise FileRefused("Файл повреждён. Откройте его в Word или Excel, сохраните заново и загрузите.")
    raise FileRefused("Это архив, а не документ. Распакуйте его и загрузите сам документ.")


def check_real_sizes(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], *, scan_cells: bool) -> None:
    """Unpack every member piece by piece, counting: the directory may lie about sizes."""
    total = 0
    for member in members:
        is_sheet = scan_cells and member.filename.startswith("xl/worksheets/")
        size, tail = 0, b""
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                total += len(chunk)
                if total > LARGEST_UNPACKED or (size > 2**20 and size > LARGEST_RATIO * max(member.compress_size, 1)):
                    raise FileRefused("Внутри файла слишком много данных. Удалите картинки и лишние листы и загрузите снова.")
                if is_sheet:
                    check_cells(tail + chunk)
                    tail = chunk[-200:]


def check_cells(chunk: bytes) -> None:
    """A cell far outside makes readers allocate the whole rectangle up to it."""
    for _kind, column, row in CELL.findall(chunk):
        if (row and int(row) > MOST_ROWS) or (column and column_number(column) > MOST_COLUMNS):
            raise FileRefused(
                f"На листе есть ячейка дальше {MOST_ROWS} строк или {MOST_COLUMNS} столбцов. Удалите лишние строки и столбцы."
            )


def column_number(letters: bytes) -> int:
    """A is 1, XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
