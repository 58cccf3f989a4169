"""Translations. `check` fails on a sentence of the interface without an English translation, on one that is no longer
used, and on a lost placeholder; `update` adds missing sentences to the catalogue; `compile` writes what Django reads.

Sentences are found in Python by their gettext calls and in templates by Django's own template-to-Python pass, so that
neither GNU gettext nor a running Django is needed.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "nastavnik"
FOLDER = SOURCE / "locale" / "en" / "LC_MESSAGES"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_lazy": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
Key = tuple[str | None, str, str | None]


def found_sentences() -> dict[Key, str]:
    """(context, sentence, plural) of everything marked for translation > where it stands."""
    found: dict[Key, str] = {}
    for file in sorted(SOURCE.rglob("*.py")) + sorted(SOURCE.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".html":
            # The tokenizer minds indentation, of which a template's Python-like form has none that is right.
            text = "\n".join(line.strip() for line in templatize(text, origin=str(file)).split("\n"))
        for _line, message, _comments, context in extract("python", BytesIO(text.encode()), KEYWORDS):
            single, plural = message if isinstance(message, tuple) else (message, None)
            if single and CYRILLIC.search(single):
                found.setdefault((context, single, plural), str(file.relative_to(ROOT)))
    return found


def catalogue() -> Catalog:
    """The English catalogue as it is in the repository."""
    file = FOLDER / "django.po"
    if not file.is_file():
        return Catalog(locale="en", domain="django", header_comment="# English of the interface.")
    with file.open("rb") as stream:
        return read_po(stream, locale="en", domain="django")


def problems() -> list[str]:
    """Sentences for the developer, one per missing, unused or damaged translation."""
    found, have = found_sentences(), {key_of(message): message for message in catalogue() if message.id}
    sentences = [
        f"{where}: no English for «{key[1]}»" for key, where in found.items() if key not in have or not complete(have[key])
    ]
    sentences += [f"catalogue: nobody says «{key[1]}»" for key in have if key not in found]
    for key, message in have.items():
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(PLACEHOLDER.findall(key[2] or key[1]))
        sentences += [
            f"catalogue: placeholders differ in «{key[1]}»"
            for text in texts[-1:]
            if text and set(PLACEHOLDER.findall(text)) != wanted
        ]
    return sorted(sentences)


def key_of(message: object) -> Key:
    """The key of a catalogue message."""
    ids = message.id if isinstance(message.id, tuple) else (message.id, None)  # type: ignore[attr-defined]
    return message.context, ids[0], ids[1]  # type: ignore[attr-defined]


def complete(message: object) -> bool:
    """True when every form is translated."""
    texts = message.string if isinstance(message.string, tuple) else (message.string,)  # type: ignore[attr-defined]
    return all(texts)


def update() -> None:
    """Add missing sentences, drop unused ones."""
    old, new = catalogue(), Catalog(locale="en", domain="django", header_comment="# English of the interface.")
    for (context, single, plural), where in sorted(found_sentences().items(), key=lambda item: (item[1], item[0][1])):
        known = old.get(single, context=context)
        strings = known.string if known else ("", "") if plural else ""
        new.add((single, plural) if plural else single, strings, context=context, locations=[(where, None)])
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "django.po").open("wb") as stream:
        write_po(stream, new, width=120, sort_by_file=True, include_lineno=False)


def compile_catalogue() -> None:
    """Write django.mo when it is older than the catalogue."""
    source, target = FOLDER / "django.po", FOLDER / "django.mo"
    if not source.is_file() or (target.is_file() and target.stat().st_mtime >= source.stat().st_mtime):
        return
    with target.open("wb") as stream:
        write_mo(stream, catalogue())


def main(command: str) -> int:
    """Exit code."""
    settings.configure(USE_I18N=True)
    if command == "compile":
        compile_catalogue()
    elif command == "update":
        update()
    else:
        found = problems()
        print("\n".join(found[:60]) + (f"\n… {len(found)} in all" if len(found) > 60 else ""), end="\n" if found else "")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
