"""Files that are no plan, or worse: one Russian sentence, exit code 2, never a traceback, never a long wait."""

import random
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from fileguard import run_limited
from fileguard.limits import TOO_HEAVY
from planreader import PlanRefused, read_plan, read_plan_limited
from tests.planreader import papers
from tests.planreader.test_layouts import PLAIN

SENTENCE = re.compile(r"^(?:PDF|[А-ЯЁ«])[^\n]{15,200}[.!]$")
SHEET = "xl/worksheets/sheet1.xml"


def altered(source: Path, target: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    """The archive with one member changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == member else content)
    return target


def written(path: Path, content: bytes) -> Path:
    """A file of these bytes."""
    path.write_bytes(content)
    return path


def zip_bomb(folder: Path) -> Path:
    """A few kilobytes that unpack to half a gigabyte."""
    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(SHEET, "w") as member:
            for _ in range(250):
                member.write(b" " * 2**20)
    return folder / "bomb.xlsx"


def with_macro(folder: Path) -> Path:
    """A document with a macro project."""
    source = papers.word(folder / "a.docx", PLAIN)
    target = folder / "macro.docm"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/vbaProject.bin", b"x")
    return target


def encrypted_zip(folder: Path) -> Path:
    """An archive whose member says that it is encrypted."""
    file = papers.word(folder / "e.docx", PLAIN)
    content = bytearray(file.read_bytes())
    for place in [match.start() for match in re.finditer(b"PK\x01\x02", bytes(content))]:
        content[place + 8] |= 1
    return written(folder / "encrypted.docx", bytes(content))


def far_cell(folder: Path) -> Path:
    """A workbook whose only other cell is the very last one of a sheet."""
    source = papers.excel(folder / "s.xlsx", PLAIN)
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return altered(source, folder / "far.xlsx", SHEET, lambda xml: xml.replace(b"</sheetData>", cell))


def encrypted_pdf(folder: Path) -> Path:
    """A PDF that asks for a password."""
    content = papers.pdf(folder / "a.pdf", PLAIN).read_bytes()
    keys = b"/O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b">"
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 " + keys + b" /P -4 >> /ID [<4143> <4143>] /Root"
    return written(folder / "locked.pdf", content.replace(b"/Root", lock))


def pdf_bomb(folder: Path) -> Path:
    """A PDF of half a megabyte whose page unpacks to half a gigabyte."""
    plain = papers.write_pdf(folder / "a.pdf", ["@"]).read_bytes()
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(512)) + packer.flush()
    head = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
    return written(folder / "bomb.pdf", plain.replace(b"<< /Length 1 >>\nstream\n@", head + packed))


def scan_pdf(folder: Path) -> Path:
    """A PDF without text."""
    return papers.write_pdf(folder / "scan.pdf", ["10 10 500 500 re S"])


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FILES: dict[str, Callable[[Path], Path]] = {
    "empty": lambda folder: written(folder / "empty.docx", b""),
    "missing": lambda folder: folder / "missing.docx",
    "folder": lambda folder: folder,
    "old word": lambda folder: written(folder / "old.doc", OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 600),
    "old word renamed": lambda folder: written(folder / "x.docx", OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le")),
    "encrypted office": lambda folder: written(folder / "x.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
    "broken old excel": lambda folder: written(folder / "x.xls", OLE + b"\0" * 4000),
    "encrypted zip": encrypted_zip,
    "macro": with_macro,
    "zip bomb": zip_bomb,
    "far cell": far_cell,
    "row number": lambda folder: altered(papers.excel(folder / "s.xlsx", PLAIN), folder / "r.xlsx", SHEET,
                                         lambda xml: xml.replace(b'<row r="9"', b'<row r="99999999999"')),
    "cut document": lambda folder: written(folder / "cut.docx", papers.word(folder / "a.docx", PLAIN).read_bytes()[:9000]),
    "cut pdf": lambda folder: written(folder / "cut.pdf", papers.pdf(folder / "a.pdf", PLAIN).read_bytes()[:900]),
    "image-only pdf": scan_pdf,
    "encrypted pdf": encrypted_pdf,
    "pdf bomb": pdf_bomb,
    "long value": lambda folder: written(folder / "long.csv", b"a,b,c\n1," + b"x" * 200_000 + b",2\n"),
    "photo": lambda folder: written(folder / "photo.docx", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40),
    "archive": lambda folder: written(folder / "plan.rar", b"Rar!\x1a\x07\x01\x00" + b"\0" * 100),
    "rtf": lambda folder: written(folder / "plan.rtf", b"{\\rtf1 hello}"),
    "program": lambda folder: written(folder / "plan.txt", bytes(range(256)) * 50),
    "letter": lambda folder: written(folder / "letter.txt", "Уважаемые коллеги! Просим сообщить о ходе работы.\n".encode() * 30),
    "no plan in word": lambda folder: papers.word(folder / "n.docx", [["Фамилия", "Класс"], ["Иванов", "5"]]),
    "no plan in excel": lambda folder: papers.excel(folder / "n.xlsx", [["Фамилия", "Класс"], ["Иванов", "5"]]),
    "header without rows": lambda folder: papers.word(folder / "h.docx", PLAIN[:1]),
    "another zip": lambda folder: zipped(folder / "a.zip"),
    "large text": lambda folder: written(folder / "large.txt", "слово ".encode() * 1_000_000),
    "very large": lambda folder: sparse(folder / "huge.docx"),
    "entities": lambda folder: altered(
        papers.word(folder / "a.docx", PLAIN), folder / "b.docx", "word/document.xml", with_entities,
    ),
}  # fmt: skip


def zipped(path: Path) -> Path:
    """An archive that is no document."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("note.txt", "x")
    return path


def sparse(path: Path) -> Path:
    """200 MB that take no room."""
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(200 * 2**20)
    return path


def with_entities(xml: bytes) -> bytes:
    """Entities that multiply."""
    start = xml.index(b"?>") + 2
    entities = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"ha") for n in range(12))
    return xml[:start] + b"<!DOCTYPE x [" + entities + b"]>" + xml[start:].replace("кураторов".encode(), b"&e11;")


@pytest.mark.parametrize("kind", FILES)
def test_one_sentence(tmp_path: Path, kind: str) -> None:
    with pytest.raises(PlanRefused) as refused:
        read_plan_limited(FILES[kind](tmp_path))
    assert SENTENCE.match(str(refused.value)), str(refused.value)


@pytest.mark.parametrize("kind", ["empty", "zip bomb", "letter", "missing"])
def test_the_command_says_it_and_ends_with_2(tmp_path: Path, kind: str) -> None:
    file = FILES[kind](tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "nastavnik.config.cli", "plan", "read", str(file)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert SENTENCE.match(done.stderr.strip())


def test_a_file_that_needs_too_much_memory(tmp_path: Path) -> None:
    rows = [["1", f"Мероприятие {place}", *["текст"] * 40] for place in range(8000)]
    file = papers.excel(tmp_path / "wide.xlsx", rows)
    with pytest.raises(PlanRefused) as refused:
        run_limited("planreader.reading:plan_json", str(file), memory_mb=32)
    assert str(refused.value) == TOO_HEAVY


def test_the_command_needs_no_django(tmp_path: Path) -> None:
    file = papers.word(tmp_path / "plan.docx", PLAIN)
    code = (
        "import sys; from nastavnik.config.cli import main; "
        f"code = main(['plan', 'read', {str(file)!r}, '--json']); assert 'django' not in sys.modules; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("make", [papers.word, papers.excel, papers.pdf], ids=["docx", "xlsx", "pdf"])
def test_damaged_files_never_break_the_reader(tmp_path: Path, make: Callable[..., Path]) -> None:
    """A few dozen mutants of each format: a plan or a sentence, nothing else."""
    good = make(tmp_path / "good", PLAIN).read_bytes()
    chance = random.Random(20260901)
    for number in range(40):
        content = bytearray(good)
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.3:
            del content[chance.randrange(len(content)) :]
        try:
            read_plan(written(tmp_path / f"{number}.bin", bytes(content)))
        except PlanRefused as refused:
            assert SENTENCE.match(str(refused)), str(refused)  # noqa: PT017 -- either outcome is right
