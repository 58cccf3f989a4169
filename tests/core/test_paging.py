"""Keyset pages."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nastavnik.core.paging import keyset_page
from nastavnik.organisations.models import Organisation


class Walk(TestCase):
    """Walking forth and back shows every row once, in order."""

    @given(names=st.lists(st.sampled_from("абвгдежз"), min_size=0, max_size=12), size=st.integers(1, 5), descending=st.booleans())
    def test_walk(self, names: list[str], size: int, descending: bool) -> None:
        Organisation.objects.bulk_create(
            Organisation(kind="partner", name=name, slug=f"walk-{index}", sort_key=name, search_text="walk")
            for index, name in enumerate(names)
        )
        order = ["-sort_key", "-pk"] if descending else ["sort_key", "pk"]
        rows = Organisation.objects.filter(search_text="walk")
        expected = list(rows.order_by(*order).values_list("pk", flat=True))
        forth, cursors, query = [], [], ""
        while True:
            shown = keyset_page(rows, order, RequestFactory().get("/" + query), size=size)
            forth += [row.pk for row in shown.rows]
            cursors.append(shown)
            if not shown.next:
                break
            query = f"?after={shown.next}"
        assert forth == expected
        back, shown = list(cursors[-1].rows), cursors[-1]
        while shown.previous:
            shown = keyset_page(rows, order, RequestFactory().get(f"/?before={shown.previous}"), size=size)
            back = shown.rows + back
        assert [row.pk for row in back] == expected


@pytest.mark.parametrize("cursor", ["nonsense", "a:b:c", "."])
def test_a_broken_cursor_gives_the_first_page(db: None, cursor: str) -> None:
    request = RequestFactory().get("/", {"after": cursor})
    first = keyset_page(Organisation.objects.all(), ["sort_key", "pk"], SimpleNamespace(GET={}), size=3)
    assert keyset_page(Organisation.objects.all(), ["sort_key", "pk"], request, size=3).rows == first.rows
