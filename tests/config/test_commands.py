"""The commands of an installation, run as an administrator runs them: in a process and a folder of their own."""

import os
import re
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from docx import Document

FOUND = ("found", "--region", "Северная область", "--municipality", "Приозёрный округ", "--username", "lunin",
         "--surname", "Лунин", "--given-name", "Егор")  # fmt: skip
PLAN = (
    ("№", "Мероприятие", "Срок", "Ответственный"),
    ("1.1.", "Назначение кураторов", "Сентябрь 2026", "Руководители ОО"),
    ("1.2.", "Утверждение положения", "до 15.10.2026", "Руководители ОО"),
)


def nastavnik(home: Path, *arguments: str) -> tuple[int, str]:
    """(exit code, everything said) of one command on a SQLite installation in `home`."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("NASTAVNIK", "DATABASE_URL", "DJANGO", "TEST_DB"))
    }
    environment |= {"NASTAVNIK_HOME": str(home), "NASTAVNIK_SECRET_KEY": "only-for-this-test-" * 3, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "nastavnik.config.cli", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of the installation's database."""
    with closing(sqlite3.connect(home / "nastavnik.sqlite3")) as database:
        return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation after its first day."""
    home = tmp_path_factory.mktemp("installation")
    assert nastavnik(home, "migrate", "--verbosity", "0")[0] == 0
    code, said = nastavnik(home, *FOUND)
    assert (code, bool(re.search(r"имя lunin  одноразовый код \S+", said))) == (0, True)
    (home / "files").mkdir(exist_ok=True)
    (home / "files" / "order.txt").write_text("Приказ", encoding="utf-8")
    return home


def test_founding_makes_the_places_and_the_first_leader_once(founded: Path) -> None:
    assert rows(founded, "SELECT kind, name FROM organisations_organisation ORDER BY id") == [
        ("region", "Северная область"),
        ("municipality", "Приозёрный округ"),
    ]
    assert rows(
        founded, "SELECT u.username, a.role FROM accounts_appointment a JOIN accounts_user u ON u.id = a.user_id ORDER BY a.role"
    ) == [
        ("lunin", "administrator"),
        ("lunin", "municipal_head"),
    ]
    code, said = nastavnik(founded, *FOUND)
    assert (code, said.strip()) == (1, "CommandError: В системе уже есть организации. Дальше работайте через сайт.")


def test_a_backup_comes_back_in_an_empty_place_with_its_files(founded: Path, tmp_path: Path) -> None:
    archive = tmp_path / "copy.tar.gz"
    assert nastavnik(founded, "backup", str(archive)) == (0, f"Копия готова: {archive}\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.tar.gz"]
    other = tmp_path / "other"
    code, said = nastavnik(other, "restore", str(archive))
    assert (code, said.startswith("Восстановлено из копии от ")) == (0, True)
    query = "SELECT username, password FROM accounts_user"
    assert rows(other, query) == rows(founded, query)
    assert (other / "files" / "order.txt").read_text(encoding="utf-8") == "Приказ"
    refused = nastavnik(other, "restore", str(archive))
    assert refused == (1, "CommandError: В базе уже есть данные. Чтобы заменить их копией, добавьте --replace.\n")
    assert nastavnik(other, "restore", str(archive), "--replace")[0] == 0


@pytest.mark.parametrize(("content", "sentence"), [
    (None, "нет. Укажите архив, сделанный командой backup."),
    (b"not an archive", "Архив повреждён или сделан не этой программой. Возьмите другую копию."),
    ("letter.txt", "В архиве нет описи. Возьмите копию, сделанную командой backup."),
])  # fmt: skip
def test_what_is_no_backup_changes_nothing(tmp_path: Path, content: bytes | str | None, sentence: str) -> None:
    archive, home = tmp_path / "copy.tar.gz", tmp_path / "home"
    if isinstance(content, bytes):
        archive.write_bytes(content)
    elif content:
        (tmp_path / content).write_text("Письмо", encoding="utf-8")
        with tarfile.open(archive, "w:gz") as made:
            made.add(tmp_path / content, arcname=content)
    code, said = nastavnik(home, "restore", str(archive))
    assert (code, said.strip().endswith(sentence)) == (1, True)
    assert not (home / "nastavnik.sqlite3").exists() or rows(home, "SELECT name FROM sqlite_master") == []


def test_the_check_names_what_is_wrong(founded: Path, tmp_path: Path) -> None:
    code, said = nastavnik(founded, "check")
    assert (code, [line for line in said.splitlines() if line.startswith("  !!")]) == (
        1,
        ["  !!  Оформление не собрано: выполните make assets."],
    )
    code, said = nastavnik(tmp_path / "new", "check")
    assert (code, said.splitlines()[-1]) == (1, "  !!  Таблицы старые: выполните nastavnik migrate.")


def test_a_plan_is_accepted_from_the_command_line(founded: Path, tmp_path: Path) -> None:
    paper = Document()
    paper.add_heading("Дорожная карта внедрения целевой модели наставничества на 2026-2027 учебный год", 1)
    table = paper.add_table(rows=0, cols=len(PLAN[0]))
    for texts in PLAN:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    paper.save(str(tmp_path / "plan.docx"))
    slug = str(rows(founded, "SELECT slug FROM organisations_organisation WHERE kind = 'municipality'")[0][0])
    assert nastavnik(founded, "plan", "import", str(tmp_path / "missing.docx"), "--organisation", slug)[0] == 2
    assert rows(founded, "SELECT count(*) FROM roadmap_roadmap") == [(0,)]
    code, said = nastavnik(founded, "plan", "import", str(tmp_path / "plan.docx"), "--organisation", slug)
    assert (code, said, rows(founded, "SELECT number, text FROM roadmap_measure ORDER BY position")) == (
        0,
        said,
        [("1.1.", "Назначение кураторов"), ("1.2.", "Утверждение положения")],
    )
