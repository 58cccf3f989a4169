"""The walls of the house. Each of these tests was seen failing once before it was trusted."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from nastavnik.core.models import RegionalModel, SharedModel

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
STACK = [
    "contenttypes", "auth",
    "core", "audit", "jobs", "documents", "organisations", "accounts", "notifications", "roadmap", "desk", "config",
]  # fmt: skip
OURS = STACK[2:]
OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS]
PYTHON = [file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts]
TEMPLATES = sorted(SOURCE.rglob("*.html"))
MOST_LINES, MOST_FUNCTION_LINES, MOST_CORE_LINES = 350, 40, 900
FORBIDDEN_WORDS = {"utils", "helpers", "helper", "manager", "service", "services", "handler", "handlers", "data", "info"}
# Django's own word for what stands between a model class and its queries.
ALLOWED_CLASSES = {"UserManager"}


def relative(file: Path) -> str:
    """Path as printed."""
    return str(file.relative_to(ROOT))


def test_foreign_keys_point_down_the_stack() -> None:
    rank = {label: place for place, label in enumerate(STACK)}
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in OUR_MODELS
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete
        if rank[field.related_model._meta.app_label] > rank[model._meta.app_label]
    ]
    assert upward == []


def test_every_model_states_its_group() -> None:
    neither = [model._meta.label for model in OUR_MODELS if issubclass(model, SharedModel) == issubclass(model, RegionalModel)]
    assert neither == []


def test_keys_between_the_groups() -> None:
    """Never shared to regional; regional to shared only with PROTECT (a region must be able to move)."""
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in OUR_MODELS
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        if (issubclass(model, SharedModel) and issubclass(field.related_model, RegionalModel))
        or (
            issubclass(model, RegionalModel)
            and issubclass(field.related_model, SharedModel)
            and field.remote_field.on_delete is not models.PROTECT
        )
    ]
    assert wrong == []


def test_regional_keys_are_made_in_python() -> None:
    wrong = [
        model._meta.label
        for model in OUR_MODELS
        if issubclass(model, RegionalModel) and not isinstance(model._meta.pk, models.UUIDField)
    ]
    assert wrong == []


def test_no_unique_column_on_personal_data_alone() -> None:
    """A person's name or mail is unique within a region, never in the whole installation."""
    user = get_user_model()
    alone = [field.name for field in user._meta.concrete_fields if field.unique and not field.primary_key]
    assert alone == []


@pytest.mark.parametrize("file", PYTHON, ids=relative)
def test_modules_stay_small(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("file", PYTHON, ids=relative)
def test_functions_stay_small_and_are_named_well(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    long = [f"{node.name}: {length(node)}" for node in functions if length(node) > MOST_FUNCTION_LINES]
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name not in ALLOWED_CLASSES]
    words = {word.lower() for name in [*classes, file.stem.title()] for word in re.findall(r"[A-Z][a-z]+", name)}
    assert (long, sorted(words & FORBIDDEN_WORDS)) == ([], [])


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    start = node.body[0].end_lineno if ast.get_docstring(node) else node.lineno
    return (node.end_lineno or 0) - (start or 0)


@pytest.mark.parametrize("file", PYTHON, ids=relative)
def test_public_functions_have_types_and_a_docstring(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if node.returns is None or ast.get_docstring(node) is None
        or any(argument.annotation is None for argument in [*node.args.args, *node.args.kwonlyargs])
    ]  # fmt: skip
    assert bare == []


def test_core_stays_small() -> None:
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in PYTHON if "core" in file.parts)
    assert lines <= MOST_CORE_LINES


@pytest.mark.parametrize("file", TEMPLATES, ids=relative)
def test_templates_hold_no_code_of_their_own(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    inline = re.search(r"<script(?![^>]*\bsrc=)|\son(?!e=)\w+=|\sstyle=|<style|javascript:|\|safe\b|{% autoescape off", text)
    assert inline is None, f"{relative(file)}: {inline and inline.group()}"


@pytest.mark.parametrize("file", TEMPLATES, ids=relative)
def test_templates_stay_small(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 130


@pytest.mark.parametrize("file", TEMPLATES, ids=relative)
def test_templates_speak_through_gettext(file: Path) -> None:
    """Russian words stand only inside translate and blocktranslate tags, or in comments."""
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}|{% blocktranslate.*?endblocktranslate %}|<!--.*?-->", "",
                  file.read_text(encoding="utf-8"), flags=re.DOTALL)  # fmt: skip
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    assert re.findall(r"[А-Яа-яЁё]+", text) == []


def test_every_template_is_used() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in [*PYTHON, *TEMPLATES])
    shown_by_django = {"400.html", "403.html", "404.html", "500.html"}
    names = {str(file).split("/templates/")[1] for file in TEMPLATES}
    assert sorted(name for name in names - shown_by_django if name not in code) == []


def test_nothing_names_another_host() -> None:
    """No page, style, script or program of ours names a host outside, except schema and namespace names."""
    known = (
        "www.w3.org",
        "schemas.openxmlformats.org",
        "json-schema.org",
        "example.test",
        "example.org",
        "127.0.0.1",
        "localhost",
    )
    files = [file for file in SOURCE.rglob("*") if file.suffix in {".py", ".html", ".css", ".js", ".json"}]
    hosts = {
        f"{relative(file)}: {host}"
        for file in files
        for host in re.findall(r"https?://([\w.-]+)", file.read_text(encoding="utf-8"))
        if not host.startswith(known)
    }
    assert sorted(hosts) == []
