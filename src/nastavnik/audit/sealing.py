"""The hash chain. Rows are written without a seal, so that no action waits for another's lock; a job seals them in
batches. A sealed row that is edited, removed or inserted later breaks the chain at its position.
"""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from nastavnik.audit.models import Access, ChainEnd, Change, LedgerRow

LEDGERS: dict[str, type[LedgerRow]] = {"change": Change, "access": Access}
UNSEALED_FIELDS = {"position", "seal"}
# Columns that came later: while they are empty the row is sealed as it was before they existed, so old chains still hold.
LATER_FIELDS = {"on_behalf_of_id"}
BATCH = 2000


def seal_ledgers() -> int:
    """Seal what has been written since the last time; returns the number of rows sealed."""
    return sum(seal_ledger(name) for name in LEDGERS)


def seal_ledger(name: str) -> int:
    """Append unsealed rows of one ledger to its chain, oldest first."""
    model = LEDGERS[name]
    ChainEnd.objects.get_or_create(ledger=name)
    with transaction.atomic():
        end = ChainEnd.objects.select_for_update().get(ledger=name)
        rows = list(model.objects.filter(position=None).order_by("at", "id")[:BATCH])
        for row in rows:
            end.position += 1
            end.seal = row.seal = seal_of(row, end.seal)
            row.position = end.position
        model.objects.bulk_update(rows, ["position", "seal"], batch_size=500)
        end.save(update_fields=["position", "seal"])
    return len(rows)


def seal_of(row: LedgerRow, previous: str) -> str:
    """SHA-256 over the previous seal and every field of the row."""
    content = {
        field.attname: str(getattr(row, field.attname))
        if not isinstance(getattr(row, field.attname), (dict, list))
        else getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in UNSEALED_FIELDS
        if field.attname not in LATER_FIELDS or getattr(row, field.attname) is not None
    }
    text = previous + json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def broken_at(name: str) -> int | None:
    """The first position where the chain does not hold, None when it is whole. The end is read first: rows that are sealed
    while this runs stand after it and wait for the next check."""
    end: Any = ChainEnd.objects.filter(ledger=name).first()
    last, wanted = (end.position, end.seal) if end else (0, "0" * 64)
    seal, expected = "0" * 64, 0
    rows = LEDGERS[name].objects.filter(position__lte=last).order_by("position")
    for row in rows.iterator(chunk_size=BATCH):
        expected += 1
        seal = seal_of(row, seal)
        if row.position != expected or row.seal != seal:
            return expected
    return None if (expected, seal) == (last, wanted) else expected + 1


def check_ledgers() -> dict[str, int | None]:
    """Check all chains from their beginning and keep the outcome for the pages; returns it by ledger."""
    found = {name: broken_at(name) for name in LEDGERS}
    for name, position in found.items():
        ChainEnd.objects.filter(ledger=name).update(checked_at=timezone.now(), broken_position=position)
    return found
