"""Small parts of pages: template tags, the choices of view, the shell's phone bar, the page of a stale form."""

import re
import runpy
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, SimpleTestCase
from django.utils import translation

from nastavnik.core.navigation import entries
from nastavnik.core.templatetags.nastavnik import STATUSES
from nastavnik.core.view_preferences import ViewPreferences, view_preferences
from nastavnik.desk.shell import NavItem, Shell

ROOT = Path(__file__).resolve().parents[2]
USUAL_VIEW = ViewPreferences(theme="auto", contrast="normal", size="normal", language="ru")
same_html = SimpleTestCase().assertHTMLEqual


def drawn(source: str, **context: Any) -> str:
    """What a template says."""
    return Template(source).render(Context(context))


def test_every_named_icon_is_in_the_sprite() -> None:
    named = {name for name, _tone, _words in STATUSES.values()} | {entry.icon for entry in entries()}
    for file in (ROOT / "src").rglob("*.html"):
        named |= set(re.findall(r'{% icon "([a-z0-9-]+)"', file.read_text(encoding="utf-8")))
    assert named - set(runpy.run_path(str(ROOT / "scripts" / "build_assets.py"))["ICONS"]) == set()


def test_a_state_is_icon_word_and_colour() -> None:
    sign = '<svg class="n-i n-i-s" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"></use></svg>'
    same_html(drawn('{% status "late" %}'), f'<span class="n-st n-st-late">{sign}Просрочено</span>')
    same_html(
        drawn('{% status "late" words %}', words="Просрочено на <7> дней"),
        f'<span class="n-st n-st-late">{sign}Просрочено на &lt;7&gt; дней</span>',
    )


def test_no_two_states_look_or_read_the_same() -> None:
    for part in (1, 2):
        assert len({str(look[part]) for look in STATUSES.values()}) == len(STATUSES)


def test_a_doubtful_chip_asks() -> None:
    same_html(
        drawn('{% chip "май" kind="период" doubtful=True %}'),
        '<span class="n-chip n-chip-ask"><small>период</small><span>май?</span></span>',
    )


@pytest.mark.parametrize(
    ("number", "russian", "english"),
    [(0, "школ", "schools"), (1, "школа", "school"), (2, "школы", "schools"), (5, "школ", "schools"), (11, "школ", "schools"),
     (12, "школ", "schools"), (21, "школа", "schools"), (22, "школы", "schools"), (111, "школ", "schools"),
     (114, "школ", "schools"), (1001, "школа", "schools")],
)  # fmt: skip
def test_plural(number: int, russian: str, english: str) -> None:
    assert drawn('{% plural n "школа" "школы" "школ" %}', n=number) == russian
    with translation.override("en"):
        assert drawn('{% plural n "school" "schools" "schools" %}', n=number) == english


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 13), "13 ноября"),
        (date(2027, 1, 1), "1 января 2027"),
        (datetime(2026, 12, 31, 20, 59, tzinfo=UTC), "31 декабря"),
        (datetime(2026, 12, 31, 21, 0, tzinfo=UTC), "1 января 2027"),
        (None, "–"),
    ],
)
def test_day_month_in_the_time_of_the_office(day: date | None, words: str) -> None:
    assert drawn("{{ day|day_month }}", day=day) == words


def test_other_dates() -> None:
    assert drawn("{{ day|weekday_day }}", day=date(2026, 11, 25)) == "ср, 25 ноября"
    assert drawn("{{ day|short_day }}", day=date(2026, 9, 5)) == "05.09.2026"
    assert drawn("{{ time|moment }}", time=datetime(2026, 11, 13, 6, 14, tzinfo=UTC)) == "13 ноября, 9:14"
    assert drawn("{{ day|days_since }}", day=date(2026, 11, 16)) == "9"


@pytest.mark.parametrize(
    ("tag", "query"),
    [
        ('{% url_with state="late" %}', "?q=%D1%88&amp;state=late"),
        ('{% url_with q="" %}', "?"),
        ('{% url_with before="xyz" after="" %}', "?q=%D1%88&amp;before=xyz"),
    ],
)
def test_a_link_keeps_filters_and_leaves_the_cursor(tag: str, query: str) -> None:
    request = RequestFactory().get("/", {"q": "ш", "after": "abc"})
    assert drawn(f"{{% autoescape off %}}{tag}{{% endautoescape %}}", request=request) == query.replace("&amp;", "&")


class SchoolForm(forms.Form):
    """One required field."""

    name = forms.CharField(label="Название")


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    page = drawn('{% field form.name hint="Как в уставе" %}', form=SchoolForm({"name": ""}))
    control = re.search(r"<input[^>]*>", page)
    assert control is not None
    attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', control.group()))
    assert attributes["aria-invalid"] == "true"
    assert re.findall(r'<label for="([^"]+)"', page) == [attributes["id"]]
    assert re.findall(r'<p class="n-(?:hint|error)" id="([^"]+)"', page) == attributes["aria-describedby"].split()


def test_a_view_that_is_no_choice_falls_back() -> None:
    request = RequestFactory().get("/")
    request.COOKIES = {"view_theme": "neon", "view_contrast": "high", "view_size": "'><script>"}
    assert view_preferences(request) == replace(USUAL_VIEW, contrast="high")


def chosen_view(client: Client) -> tuple[str, ...]:
    """Language, theme, contrast and size of the log-in page."""
    head = re.search(r'<html lang="(\w+)" data-theme="(\w+)" .*data-contrast="(\w+)" data-size="(\w+)"', shown(client))
    assert head is not None
    return head.groups()


def shown(client: Client) -> str:
    """The log-in page."""
    return client.get("/login/").content.decode()


def test_each_choice_of_view_is_kept_before_log_in(client: Client, db: None) -> None:
    assert chosen_view(client) == ("ru", "auto", "normal", "normal")
    for name, value in (("theme", "dark"), ("contrast", "high"), ("size", "huge"), ("language", "en"), ("theme", "neon")):
        client.post("/view/", {name: value})
    assert chosen_view(client) == ("en", "dark", "high", "huge")
    client.post("/view/", {"language": "xx", "theme": "light"})
    assert chosen_view(client) == ("en", "light", "high", "huge")


@pytest.mark.parametrize(
    ("place", "reached"),
    [("/staff/?q=а", "/staff/?q=%D0%B0"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/"), ("", "/")],
)
def test_a_choice_of_view_leads_back_but_never_to_another_host(client: Client, place: str, reached: str) -> None:
    assert client.post("/view/", {"theme": "dark", "next": place}).headers["Location"] == reached


def test_a_view_is_chosen_by_a_form_only(client: Client) -> None:
    assert client.get("/view/").status_code == 405


@pytest.mark.parametrize(("number", "in_the_bar", "behind_more"), [(4, 4, 0), (5, 5, 0), (6, 4, 2), (8, 4, 4)])
def test_the_phone_bar_loses_no_entry(number: int, in_the_bar: int, behind_more: int) -> None:
    nav = [NavItem(f"Раздел {n}", f"Р{n}", "route", f"/{n}/", current=n == 0, count=0) for n in range(number)]
    page = render_to_string(
        "base.html", {"shell": Shell(view=USUAL_VIEW, school_year="2026/27", nav=nav)}, RequestFactory().get("/")
    )
    bar = page[page.index('class="n-tabbar"') :]
    more = bar[bar.find("<details") :] if "<details" in bar else ""
    assert re.findall(r'href="(/\d/)"', bar) == [item.url for item in nav]
    assert len(re.findall(r'href="/\d/"', more)) == behind_more
    assert len(re.findall(r'href="/\d/"', bar)) - behind_more == in_the_bar


def test_a_stale_form_says_what_happened(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/view/", {"theme": "dark"})
    assert response.status_code == 403
    assert re.findall(r"<h1>(.*)</h1>", response.content.decode()) == ["Страница устарела"]
