"""Inputs that several apps use."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction

from nastavnik.core.errors import Refusal


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def accepted(form: forms.BaseForm, act: Callable[[], Any], *, field: str | None = None) -> bool:
    """Do an action. A refusal undoes it and becomes an error of the form (or of one field): nothing that was typed is lost."""
    try:
        with transaction.atomic():
            act()
    except Refusal as refusal:
        form.add_error(field, str(refusal))
        return False
    return True
