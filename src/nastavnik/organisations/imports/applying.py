"""Accept a school list that was read and looked at."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.organisations.actions import change_cards, open_organisations
from nastavnik.organisations.imports.comparing import compared, fingerprint
from nastavnik.organisations.models import Organisation, SchoolListDraft


@transaction.atomic
def accept_school_list(draft: SchoolListDraft, *, seen: str, by: Any) -> dict[str, int]:
    """Open the new organisations and change the known ones, all or nothing; returns how many of each.

    `seen` is the fingerprint of the preview. Refused when the list was accepted before (a second tab, a double click), or
    when the organisations have changed since so that something else would happen than what was seen.
    """
    # The municipality's row is the lock: two lists of one municipality are applied one after the other.
    municipality = Organisation.objects.select_for_update().get(pk=draft.organisation_id)
    draft = SchoolListDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.accepted_at is not None:
        raise Refusal(_("Этот список уже загружен."))
    rows = compared(draft)
    if fingerprint(rows) != seen:
        raise Refusal(_("Пока вы смотрели, школы в системе изменились. Ничего не загружено: проверьте список ещё раз."))
    new = [row for row in rows if row.action == "new"]
    changed = [row for row in rows if row.action == "change"]
    open_organisations([{"kind": row.kind, **row.values} for row in new], parent=municipality, by=by)
    organisations = Organisation.objects.in_bulk([row.organisation_id for row in changed])
    cards = [(organisations[row.organisation_id], {name: pair[1] for name, pair in row.changes.items()}) for row in changed]
    change_cards(cards, by=by)
    draft.rows, draft.accepted_at = [row.to_json() for row in rows], timezone.now()
    draft.save(update_fields=["rows", "accepted_at"])
    counts = {"new": len(new), "changed": len(changed)}
    trail.record("organisations.imported", municipality, by=by, after=counts, organisation=municipality)
    return counts
