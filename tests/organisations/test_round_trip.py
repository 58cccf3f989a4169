"""Properties: what goes out comes in unchanged; what was imported once is known the second time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from nastavnik.documents.sheets import Column, write_sheet
from nastavnik.organisations.actions import open_organisations
from nastavnik.organisations.exports import cell
from nastavnik.organisations.imports.applying import accept_school_list
from nastavnik.organisations.imports.comparing import compared, fingerprint
from nastavnik.organisations.imports.rows import parse_sheets
from nastavnik.organisations.models import Organisation, SchoolListDraft
from nastavnik.organisations.rules import CARD_COLUMNS, name_key
from tests.organisations.tables import tax_number
from tests.worlds import World, untouched

WITH_WORLD = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
WORDS = st.sampled_from(
    ["Школа", "Лицей", "Гимназия", "«Парус»", '"Заря"', "имени", "Ёлкина", "№ 5", "№12", "п.", "Лесной", "=1+1", "–"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join).filter(lambda name: name_key(name) and name.strip("–- "))
FREE = st.lists(WORDS, max_size=4).map(" ".join).filter(lambda text: text.strip("–- ") == text)
CARDS = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAMES, "full_name": FREE, "full_name_genitive": FREE, "head_post": FREE, "head_name": FREE, "address": FREE,
            "phone": FREE, "email": st.sampled_from(["", "a@school.example.test"]), "website": st.sampled_from(["", "https://a.example.test"]),
            "kind": st.sampled_from(["school", "school", "partner"]), "tax_number": st.just(""),
        }
    ),
    max_size=6, unique_by=lambda card: (card["kind"], name_key(card["name"])),
)  # fmt: skip
CELLS = st.one_of(NAMES, FREE, st.integers(0, 4).map(tax_number), st.sampled_from(["", "12", "нет", "Итого"]))
TABLES = st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=8)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def read_in(place: Organisation, rows: list[list[str]]) -> SchoolListDraft:
    """A draft of a table."""
    headings, lines = parse_sheets([{"name": "Школы", "rows": rows}])
    return SchoolListDraft.objects.create(
        organisation=place, source_name="", headings=headings, rows=[one.to_json() for one in lines]
    )


def exported(organisations: Any) -> list[list[str]]:
    """The table of the download, as text."""
    columns = [Column(str(heading), width) for _name, heading, width in CARD_COLUMNS]
    target = write_sheet("Школы", columns, ([cell(one, name) for name, _heading, _width in CARD_COLUMNS] for one in organisations))
    return [[str(value) for value in row] for row in CalamineWorkbook.from_filelike(target).get_sheet_by_index(0).to_python()]


@WITH_WORLD
@given(CARDS)
def test_an_export_imported_changes_nothing(world: World, cards: list[dict[str, str]]) -> None:
    with undone():
        place = world.place("lakeside")
        open_organisations([card | {"tax_number": tax_number(number)} for number, card in enumerate(cards)], parent=place, by=None)
        everything = Organisation.objects.filter(municipality=place).order_by("pk")
        rows = compared(read_in(place, exported(everything)))
        assert [(row.action, row.errors, row.changes) for row in rows] == [("same", [], {})] * (len(cards) + 4)


@WITH_WORLD
@given(TABLES)
def test_a_list_imported_twice_changes_nothing_the_second_time(world: World, table: list[list[str]]) -> None:
    with undone():
        place, rows = world.place("lakeside"), [["Название", "Полное название", "Адрес", "ИНН"], *table]
        first = read_in(place, rows)
        counts = accept_school_list(first, seen=fingerprint(compared(first)), by=None)
        first.refresh_from_db()
        again = compared(read_in(place, rows))
        assert [row.action for row in again if row.action in {"new", "change"}] == []
        assert counts["new"] == sum(row.action == "new" for row in compared(first))
        before = untouched(Organisation.objects)
        accept_school_list(read_in(place, rows), seen=fingerprint(again), by=None)
        assert untouched(Organisation.objects) == before
