"""How many days a department leaves for each step of the schools' papers."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.models import ApprovalTerms

COLUMNS = ("endorse_days", "correct_days", "hand_in_on", "endorse_amendments")


@transaction.atomic
def change_terms(
    organisation: Organisation, *, endorse_days: int, correct_days: int, hand_in_on: date | None, endorse_amendments: bool,
    version: int, by: Any,
) -> ApprovalTerms:  # fmt: skip
    """Change the terms of a municipality. They hold for steps to come; refused when a colleague changed them meanwhile."""
    ApprovalTerms.objects.get_or_create(organisation=organisation, defaults={"region_id": organisation.region_id or 0})
    terms = ApprovalTerms.objects.select_for_update().get(organisation=organisation)
    if terms.version != version:
        raise Refusal(_("Сроки тем временем изменил другой человек. Откройте страницу ещё раз и проверьте."))
    before = {name: getattr(terms, name) for name in COLUMNS}
    after = {
        "endorse_days": endorse_days, "correct_days": correct_days, "hand_in_on": hand_in_on,
        "endorse_amendments": endorse_amendments,
    }  # fmt: skip
    changed = [name for name in COLUMNS if before[name] != after[name]]
    for name in changed:
        setattr(terms, name, after[name])
    terms.version += 1
    terms.save(update_fields=[*changed, "version"])
    trail.record(
        "roadmap.terms_changed", terms, by=by, organisation=organisation,
        before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
    )  # fmt: skip
    return terms
