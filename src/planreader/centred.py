"""Tables whose cells are centred: a number stands beside the middle line of its row, and lines above it belong to it.

In a centred cell as many lines stand above the middle as below, give or take one. Where that and the beginnings of sentences
allow several divisions, none is taken.
"""

from collections.abc import Sequence

CENTRED = (
    "Номера стоят посередине строк таблицы, где начинается каждая строка, понять не удалось. "
    "Проверьте текст, сроки и исполнителей мероприятий {numbers}."
)
MOST_NAMED = 8


def begins(text: str) -> bool:
    """Does a sentence begin here?"""
    return text.lstrip('«"')[:1].isupper()


def doubt_about(numbers: Sequence[str]) -> str:
    """The warning for rows that could not be told apart."""
    named = ", ".join(number.rstrip(".") for number in numbers[:MOST_NAMED])
    return CENTRED.format(numbers=named + ("…" if len(numbers) > MOST_NAMED else ""))


def balanced_starts(numbered: Sequence[bool], may_begin: Sequence[bool]) -> list[int] | None:
    """Where the rows begin, given the lines with a number and those with which a row may begin; None unless there is exactly
    one division. A line more stands always below or always above, as the program that printed the paper rounds."""
    found = {tuple(starts) for extra in (1, -1) for starts in divisions(numbered, may_begin, extra)}
    return list(found.pop()) if len(found) == 1 else None


def divisions(numbered: Sequence[bool], may_begin: Sequence[bool], extra: int) -> list[list[int]]:
    """At most two lists of first lines of rows that are balanced, each with `extra` lines more below at most."""
    ways: dict[int, list[list[int]]] = {0: [[0]]}  # where the next row begins > how one may get there
    for place in (place for place, found in enumerate(numbered) if found):
        following: dict[int, list[list[int]]] = {}
        for start, paths in ways.items():
            above = place - start
            if above < 0 or not may_begin[start]:
                continue
            for below in {above, above + extra}:
                end = place + 1 + below
                if below >= 0 and end <= len(numbered):
                    following.setdefault(end, []).extend([*path, end] for path in paths)
        ways = {end: paths[:2] for end, paths in following.items()}
    return [path[:-1] for path in ways.get(len(numbered), [])]
