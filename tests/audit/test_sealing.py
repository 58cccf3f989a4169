"""The hash chain finds what was changed afterwards."""

from collections.abc import Callable

import pytest

from nastavnik.audit import trail
from nastavnik.audit.models import ChainEnd, Change
from nastavnik.audit.sealing import broken_at, seal_ledgers
from tests.worlds import World


@pytest.fixture
def sealed(world: World) -> list[Change]:
    """Rows of the world plus three more, sealed."""
    for number in range(3):
        trail.record("test.changed", world.roadmap, by=world.user("municipal"), before={"n": number}, after={"n": number + 1})
    seal_ledgers()
    return list(Change.objects.order_by("position"))


def test_an_untouched_ledger_is_whole(sealed: list[Change]) -> None:
    assert (broken_at("change"), broken_at("access")) == (None, None)
    assert [row.position for row in sealed] == list(range(1, len(sealed) + 1))


def test_sealing_again_adds_nothing(sealed: list[Change]) -> None:
    assert seal_ledgers() == 0


@pytest.mark.parametrize(
    "tamper",
    [
        lambda row: Change.objects.filter(pk=row.pk).update(reason="другая"),
        lambda row: Change.objects.filter(pk=row.pk).update(after={"n": 100}),
        lambda row: Change.objects.filter(pk=row.pk).update(actor_id=None, actor_role="mentor"),
        lambda row: Change.objects.filter(pk=row.pk).delete(),
    ],
    ids=["reason", "value", "actor", "removed"],
)
def test_a_changed_row_breaks_the_chain_where_it_stands(sealed: list[Change], tamper: Callable[[Change], object]) -> None:
    tamper(sealed[4])
    assert broken_at("change") == 5


def test_a_cut_tail_is_found(sealed: list[Change]) -> None:
    sealed[-1].delete()
    assert broken_at("change") == len(sealed)


def test_a_rewritten_end_is_found(sealed: list[Change]) -> None:
    ChainEnd.objects.filter(ledger="change").update(seal="f" * 64)
    assert broken_at("change") == len(sealed) + 1
