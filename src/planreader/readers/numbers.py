"""Numbers that Word prints by itself: they stand in no text, only in the definitions of lists."""

from collections.abc import Callable
from typing import Any

MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST = 9  # levels of a list in the format
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
LETTERS = {"lowerLetter": "abcdefghijklmnopqrstuvwxyz", "russianLower": "абвгдежзиклмнопрстуфхцчшщэюя"}


def roman(number: int) -> str:
    """4 is IV."""
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def letter(kind: str) -> Callable[[int], str]:
    """1 is the first letter; the alphabet begins anew after its end."""
    alphabet = LETTERS[kind]
    return lambda number: alphabet[(number - 1) % len(alphabet)]


WAYS: dict[str, Callable[[int], str]] = {
    "decimal": str, "upperRoman": roman, "lowerRoman": lambda number: roman(number).lower(),
    "lowerLetter": letter("lowerLetter"), "russianLower": letter("russianLower"),
    "upperLetter": lambda number: letter("lowerLetter")(number).upper(),
    "russianUpper": lambda number: letter("russianLower")(number).upper(),
}  # fmt: skip


class AutomaticNumbers:
    """Counts the lists of one document; paragraphs must be asked in the order of the text."""

    def __init__(self, lists: Any, styles: Any) -> None:
        """`lists` is the root of numbering.xml or None, `styles` that of styles.xml."""
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.abstract: dict[str, str] = {}
        self.styles = {style.get(f"{MAIN}styleId"): style for style in children(styles, "style")}
        self.counts: dict[str, list[int]] = {}
        for definition in children(lists, "abstractNum"):
            self.levels[definition.get(f"{MAIN}abstractNumId", "")] = dict(map(level_of, children(definition, "lvl")))
        for used in children(lists, "num"):
            self.abstract[used.get(f"{MAIN}numId", "")] = value(used, "abstractNumId")

    def number_of(self, paragraph: Any) -> str:
        """What Word prints before a paragraph («1.2.»); "" for none and for bullets."""
        used, depth = self.list_of(paragraph)
        definition = self.abstract.get(used, "")
        levels = self.levels.get(definition, {})
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(definition, [levels[level][2] - 1 if level in levels else 0 for level in range(DEEPEST)])
        counts[depth] += 1
        for deeper in range(depth + 1, DEEPEST):
            counts[deeper] = levels[deeper][2] - 1 if deeper in levels else 0
        way, text, _ = levels[depth]
        if way not in WAYS:
            return ""
        for level in range(depth + 1):
            shown = WAYS.get(levels[level][0], str) if level in levels else str
            text = text.replace(f"%{level + 1}", shown(max(counts[level], 1)))
        return text

    def list_of(self, paragraph: Any) -> tuple[str, int]:
        """The list and the level of a paragraph, its own or its style's; ("", 0) for none."""
        properties = next(iter(children(paragraph, "pPr")), None)
        style = value(properties, "pStyle")
        for _ in range(DEEPEST):  # styles are based on styles; a broken document may turn in a circle
            numbering = next(iter(children(properties, "numPr")), None)
            if numbering is not None:
                depth = value(numbering, "ilvl") or "0"
                return value(numbering, "numId"), int(depth) if depth.isdigit() and len(depth) == 1 else 0
            source = self.styles.get(style)
            if source is None:
                break
            properties, style = next(iter(children(source, "pPr")), None), value(source, "basedOn")
        return "", 0


def children(node: Any, name: str) -> list[Any]:
    """Direct children of a name; none of None."""
    return [] if node is None else list(node.iterchildren(f"{MAIN}{name}"))


def value(node: Any, name: str) -> str:
    """The `val` of a direct child, "" where there is none."""
    found = children(node, name)
    return found[0].get(f"{MAIN}val", "") if found else ""


def level_of(node: Any) -> tuple[int, tuple[str, str, int]]:
    """A level: its depth, and how it counts, what it prints, where it begins."""
    depth, start = node.get(f"{MAIN}ilvl", "0"), value(node, "start")
    first = int(start) if start.isdigit() and len(start) < 5 else 1
    return int(depth) if depth.isdigit() else 0, (value(node, "numFmt") or "decimal", value(node, "lvlText"), first)
