"""Schools and partners by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment
from nastavnik.organisations.models import Organisation
from tests.worlds import World, untouched

OPEN = reverse("organisations:open_place")


def test_a_partner_by_hand(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("municipal").post(OPEN, {"kind": "partner", "name": "Колледж «Весна»", "website": "vesna.example.test"})
    place = Organisation.objects.get(name="Колледж «Весна»")
    assert (response.url, place.kind, place.parent.slug, place.website) == (
        f"/organisations/{place.slug}/", "partner", "lakeside", "https://vesna.example.test",
    )  # fmt: skip


def test_a_second_click_adds_nothing_and_keeps_what_was_typed(world: World, as_: Callable[[str], Any]) -> None:
    browser, form = as_("municipal"), {"kind": "school", "name": "Лесная школа", "address": "с. Лесное"}
    browser.post(OPEN, form)
    before = untouched(Organisation.objects)
    response = browser.post(OPEN, form | {"name": "лесная  школа"})
    assert (response.status_code, response.context["form"].errors["name"], response.context["form"]["address"].value()) == (
        422, ["«лесная школа» здесь уже есть. Найдите её в списке."], "с. Лесное",
    )  # fmt: skip
    assert untouched(Organisation.objects) == before


def test_a_name_that_a_closed_school_had_is_free(world: World, as_: Callable[[str], Any]) -> None:
    Organisation.objects.filter(slug="school-2").update(closed_on="2026-11-01")
    as_("municipal").post(OPEN, {"kind": "school", "name": "Школа № 2"})
    assert sorted(Organisation.objects.filter(name="Школа № 2").values_list("slug", flat=True)) == ["school-2", "shkola-2"]


@pytest.mark.parametrize("kind", ["region", "municipality", "x", ""])
def test_a_municipality_adds_only_what_stands_below_it(world: World, as_: Callable[[str], Any], kind: str) -> None:
    before = untouched(Organisation.objects)
    response = as_("municipal").post(OPEN, {"kind": kind, "name": "Что-то"})
    assert (response.status_code, untouched(Organisation.objects)) == (422, before)


def test_the_administrator_of_a_region_adds_municipalities_and_no_school_lists(world: World, as_: Callable[[str], Any]) -> None:
    Appointment.objects.filter(user__username="region").update(role=Role.ADMINISTRATOR)
    browser = as_("region")
    browser.post(OPEN, {"kind": "municipality", "name": "Степной округ"})
    place = Organisation.objects.get(name="Степной округ")
    assert (place.municipality_id, place.region.slug) == (place.pk, "region")
    assert browser.get(reverse("organisations:import_schools")).status_code == 403


def test_every_field_stands_on_the_form(world: World, as_: Callable[[str], Any]) -> None:
    for address in (reverse("organisations:open_form"), reverse("organisations:card_form", args=["school-1"])):
        form = as_("municipal").get(address).context["form"]
        assert sorted(bound.name for _title, fields in form.groups() for bound in fields) == sorted(form.fields)


def test_addresses_are_never_those_of_the_app_itself(world: World, as_: Callable[[str], Any]) -> None:
    as_("municipal").post(OPEN, {"kind": "school", "name": "Import"})
    assert Organisation.objects.get(name="Import").slug == "import-2"
