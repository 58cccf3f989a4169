"""The production calendar of the own organisation, and its special days to keep."""

import calendar as weeks_of
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to
from nastavnik.core.text import number_of
from nastavnik.organisations.actions.special_days import add_day, change_day, remove_day
from nastavnik.organisations.calendars import WorkingCalendar
from nastavnik.organisations.forms import DayForm, NewDayForm
from nastavnik.organisations.models import SpecialDay
from nastavnik.organisations.queries import may_keep_days
from nastavnik.organisations.working_days import calendar_of

KEEP = "organisations.keep_calendar"
EARLIEST, LATEST = 2000, 2100


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its first day, how many working days it has, and its weeks of (day or None, mark)."""

    first: date
    working: int
    weeks: list[list[tuple[date | None, str]]]


@page("organisations.view_organisations")
def calendar(request: HttpRequest) -> HttpResponse:
    """The year of the own organisation as months, and its special days with their sources as a table."""
    year = year_of(request)
    rows = SpecialDay.objects.visible_to(request.user).in_force().filter(day__year=year)
    days = list(rows.select_related("place").order_by("day", "place__sort_key", "pk"))
    kept = set(SpecialDay.objects.kept_by(request.user).filter(pk__in=[one.pk for one in days]).values_list("pk", flat=True))
    own = calendar_of(request.user.appointment.organisation)
    context = {
        "year": year, "days": days, "kept": kept if request.user.may(KEEP) else set(),
        "months": [month_of(own, year, number) for number in range(1, 13)],
        "working": own.working_days_between(date(year, 1, 1), date(year, 12, 31)),
        "unconfirmed": not any(one.is_of_country and one.confirmed for one in days),
    }  # fmt: skip
    return render(request, "organisations/calendar.html", context)


def year_of(request: HttpRequest) -> int:
    """The year of the address, else the present one."""
    year = number_of(request.GET.get("year"))
    return year if year is not None and EARLIEST <= year <= LATEST else timezone.localdate().year


def month_of(own: WorkingCalendar, year: int, number: int) -> Month:
    """One month of a year."""
    weeks = weeks_of.Calendar().monthdatescalendar(year, number)
    cells = [[(day, mark_of(own, day)) if day.month == number else (None, "") for day in week] for week in weeks]
    working = sum(mark != "off" for week in cells for day, mark in week if day)
    return Month(date(year, number, 1), working, cells)


def mark_of(own: WorkingCalendar, day: date) -> str:
    """«off» for a day without work, «short» for a shortened one."""
    if own.is_shortened(day):
        return "short"
    return "" if own.is_working_day(day) else "off"


@page(KEEP)
def new_day(request: HttpRequest) -> HttpResponse:
    """The form of another special day."""
    return show(request, NewDayForm(by=request.user, initial={"day": request.GET.get("day"), "kind": "day_off"}))


@command(KEEP)
def save_new_day(request: HttpRequest) -> HttpResponse:
    """Add it; what was typed stays when it is refused."""
    form = NewDayForm(request.POST, by=request.user)
    if not form.is_valid() or not accepted(form, lambda: add_day(by=request.user, **form.cleaned_data), field="day"):
        return show(request, form, status=422)
    return saved(request, form.cleaned_data["day"])


@page(KEEP)
def day_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a special day of the own region or municipality."""
    special = load(request, pk)
    names = ("day", "kind", "title", "source")
    return show(request, DayForm(initial={name: getattr(special, name) for name in names}), special=special)


@command(KEEP)
def save_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Change it."""
    special, form = load(request, pk), DayForm(request.POST)
    if not form.is_valid() or not accepted(form, lambda: change_day(special, by=request.user, **form.cleaned_data)):
        return show(request, form, status=422, special=special)
    return saved(request, form.cleaned_data["day"])


@command(KEEP)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it an ordinary day again."""
    special = load(request, pk)
    remove_day(special, by=request.user)
    return saved(request, special.day)


def load(request: HttpRequest, pk: int) -> SpecialDay:
    """A special day: 404 when it is the neighbour's, 403 when it is not the user's to keep."""
    special = get_object_or_404(SpecialDay.objects.visible_to(request.user).select_related("place"), pk=pk)
    if not may_keep_days(request.user, special):
        raise PermissionDenied
    return special


def show(request: HttpRequest, form: forms.Form, status: int = 200, **context: Any) -> HttpResponse:
    """The page with a form."""
    return render(request, "organisations/day_form.html", {"form": form, **context}, status=status)


def saved(request: HttpRequest, day: date) -> HttpResponse:
    """Back to the year of the day."""
    messages.success(request, _("Календарь изменён. Сроки напоминаний считаются по нему."))
    return go_to(request, f"{reverse('organisations:calendar')}?year={day.year}")
