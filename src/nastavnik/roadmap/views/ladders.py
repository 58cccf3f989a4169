"""The ladder of reminders of one's municipality: shown, tried out on a due day, saved."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to
from nastavnik.core.text import day_of
from nastavnik.organisations.working_days import calendar_of
from nastavnik.roadmap.actions.ladders import refuse_ladder, reset_ladder, set_ladder
from nastavnik.roadmap.enums import Audience
from nastavnik.roadmap.forms.ladders import LadderForm, StepForms, ladder_forms, typed_ladder
from nastavnik.roadmap.ladders import Ladder, Step
from nastavnik.roadmap.queries.ladders import ladder_of
from nastavnik.roadmap.words import offset_words

KEEP = "roadmap.remind_schools"
MOST_SHOWN, SOON = 8, timedelta(days=20)


@page(KEEP)
def ladder(request: HttpRequest) -> HttpResponse:
    """The ladder, and when notices of an assignment go (`due_on`)."""
    present = ladder_of(request.user.appointment.organisation)
    return show(request, *ladder_forms(present), tried=present, due_on=day_of(request.GET.get("due_on")))


@command(KEEP)
def save_ladder(request: HttpRequest) -> HttpResponse:
    """Save what was typed, or with `try` only show when its notices would go."""
    whole, steps = LadderForm(request.POST), StepForms(request.POST, prefix="steps")
    due_on = day_of(request.POST.get("due_on"))
    if not (whole.is_valid() & steps.is_valid()):
        return show(request, whole, steps, due_on=due_on, status=422)
    typed, place = typed_ladder(whole, steps), request.user.appointment.organisation
    only_tried = "try" in request.POST
    if not accepted(whole, lambda: refuse_ladder(typed) if only_tried else set_ladder(place, typed, by=request.user)):
        return show(request, whole, steps, due_on=due_on, status=422)
    if only_tried:
        return show(request, whole, steps, tried=typed, due_on=due_on, unsaved=True)
    messages.success(request, _("Лестница сохранена. По ней пойдут письма со следующего утра."))
    return go_to(request, "roadmap:ladder")


@command(KEEP)
def reset(request: HttpRequest) -> HttpResponse:
    """Back to the ladder that everybody has."""
    reset_ladder(request.user.appointment.organisation, by=request.user)
    messages.success(request, _("Снова действует общая лестница."))
    return go_to(request, "roadmap:ladder")


def show(
    request: HttpRequest, whole: LadderForm, steps: Any, *, tried: Ladder | None = None, due_on: date | None = None,
    unsaved: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page; `tried` is the ladder whose notices are shown."""
    place = request.user.appointment.organisation
    due_on = due_on or timezone.localdate() + SOON
    calendar = calendar_of(place)
    found = tried.notices(due_on, calendar, MOST_SHOWN) if tried else []
    context = {
        "whole": whole, "steps": steps, "place": place, "due_on": due_on, "unsaved": unsaved, "tried": tried,
        "notices": [(day, offset_words(step.offset), audience_words(step)) for day, step in found],
        "own": bool(whole["version"].value()) and str(whole["version"].value()) != "0",
    }  # fmt: skip
    return render(request, "roadmap/ladder.html", context, status=status)


def audience_words(step: Step) -> str:
    """«куратору, руководителю»."""
    return ", ".join(str(one.label) for one in Audience if one in step.to)
