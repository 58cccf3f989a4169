"""Inputs that several apps use."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest

from nastavnik.core.errors import Refusal
from nastavnik.core.text import number_of


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def seen_version(request: HttpRequest, otherwise: int) -> int:
    """The version of the row that the person saw when the form was made."""
    typed = number_of(request.POST.get("version"))
    return otherwise if typed is None else typed


def accepted(form: forms.BaseForm, act: Callable[[], Any], *, field: str | None = None) -> bool:
    """Do an action. A refusal undoes it and becomes an error of the form (or of one field): nothing that was typed is lost."""
    try:
        with transaction.atomic():
            act()
    except Refusal as refusal:
        form.add_error(field, str(refusal))
        return False
    return True
