"""The order by which an approved plan is changed, beside the form of the change itself."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from nastavnik.core.errors import Refusal
from nastavnik.roadmap.actions.amendments import Act
from nastavnik.roadmap.approving import is_in_force
from nastavnik.roadmap.enums import VersionKind
from nastavnik.roadmap.forms.approval import ActForm
from nastavnik.roadmap.models import Roadmap

# Edits by one order are made within days; an older order is not offered again.
SAME_ORDER = timedelta(days=14)


def act_form_of(roadmap: Roadmap, *input_: Any, with_reason: bool = True) -> ActForm | None:
    """The form for a plan in force, with the order of the latest amendment offered; None while no order is needed."""
    if not is_in_force(roadmap):
        return None
    recent = roadmap.versions.filter(kind=VersionKind.AMENDED, at__gt=timezone.now() - SAME_ORDER).defer("lines")
    last = recent.order_by("-number").first()
    initial = {"act_number": last.act_number, "act_on": last.act_on} if last else {}
    return ActForm(*input_, initial=initial, with_reason=with_reason)


def are_valid(form: forms.Form, act: ActForm | None) -> bool:
    """Both, so that a person sees all that is wrong at once."""
    return all([form.is_valid(), act is None or act.is_valid()])


def act_values(act: ActForm | None) -> dict[str, Any]:
    """What the action takes of the order: nothing while none is needed."""
    return act.values if act else {}


def act_of(request: HttpRequest, roadmap: Roadmap) -> Act | None:
    """The order of a short form that answers with a sentence: a wrong one is refused."""
    form = act_form_of(roadmap, request.POST, with_reason=False)
    if form is None:
        return None
    if not form.is_valid():
        raise Refusal(" ".join(words for found in form.errors.values() for words in found))
    return form.values["act"]
