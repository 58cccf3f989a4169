"""Productions as values: small parsers over tokens, joined into bigger ones.

A production takes the tokens and a place and answers with every place at which it may end and what it read up to there.
All ends are kept, so that a caller may go on from any of them («сентябрь 2020» goes on as «-2021 учебного года»); of two
ways to the same end the first one stands, so the order of alternatives is their rank. Words and marks are silent: they
must stand there, but add nothing to the values of a sequence. Work is polynomial in the length of a phrase, and phrases
are bounded.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planreader.deadlines.tokens import Token, Tokens

Ends = dict[int, Any]
MOST_PARTS = 40  # of one list or tail; a list of ten Decembers has thirty tokens


@dataclass(frozen=True, slots=True)
class Production:
    """What may stand at a place. `starts` are the words and kinds of token with which it can begin (None: with any), so
    that a wrong one costs a single look; an `empty` one may also be nothing at all."""

    run: Callable[[Tokens, int], Ends]
    starts: frozenset[str] | None = None
    silent: bool = False
    empty: bool = False

    def __call__(self, tokens: Tokens, place: int) -> Ends:
        """Every end and the value up to it."""
        if self.starts is not None and not self.empty:
            if place >= len(tokens):
                return {}
            one = tokens[place]
            if one.text not in self.starts and one.kind not in self.starts:
                return {}
        return self.run(tokens, place)


def token(test: Callable[[Token], Any], starts: Iterable[str] | None = None) -> Production:
    """One token for which `test` answers something that is not None; that is its value. `starts` names the only words or
    kinds for which it can."""

    def run(tokens: Tokens, place: int) -> Ends:
        value = test(tokens[place]) if place < len(tokens) else None
        return {} if value is None else {place + 1: value}

    return Production(run, None if starts is None else frozenset(starts))


def kind(*kinds: str) -> Production:
    """A token of one of these kinds, and its value."""
    return token(lambda one: one.value if one.kind in kinds else None, kinds)


def one_of(table: dict[str, Any]) -> Production:
    """One of the words of a table, and what it stands for there."""
    return token(lambda one: table.get(one.text), table)


def drop(part: Production) -> Production:
    """The part without its value."""
    return replace(part, silent=True)


def said(part: Production) -> Production:
    """Whether the part stands there."""
    return Production(lambda tokens, place: {**dict.fromkeys(part(tokens, place), True), place: False}, part.starts, empty=True)


def mark(*kinds: str) -> Production:
    """A token of one of these kinds."""
    return drop(token(lambda one: one.text if one.kind in kinds else None, kinds))


def word(choices: str) -> Production:
    """One of these words, given with spaces between them."""
    allowed = frozenset(choices.split())
    return drop(token(lambda one: one.text if one.text in allowed else None, allowed))


def like(pattern: str) -> Production:
    """A word of this form."""
    form = re.compile(pattern)
    return drop(token(lambda one: one.text if form.fullmatch(one.text) else None))


def words(*choices: str) -> Production:
    """A sequence of words, each with its choices."""
    return seq(*map(word, choices))


def seq(*parts: Production, build: Callable[..., Any] | None = None) -> Production:
    """One after the other. `build` makes one value of theirs and may refuse with None; without it they stay a tuple."""

    def run(tokens: Tokens, place: int) -> Ends:
        states: Ends = {place: ()}
        for part in parts:
            following: Ends = {}
            for start, values in states.items():
                for end, value in part(tokens, start).items():
                    following.setdefault(end, values if part.silent else (*values, value))
            if not following:
                return {}
            states = following
        if build is None:
            return states
        built = {end: build(*values) for end, values in states.items()}
        return {end: value for end, value in built.items() if value is not None}

    silent = build is None and all(part.silent for part in parts)
    return Production(run, starts_of_sequence(parts), silent, all(part.empty for part in parts))


def starts_of_sequence(parts: Sequence[Production]) -> frozenset[str] | None:
    """What the first part begins with, and the next one too if the first may be nothing."""
    found: frozenset[str] = frozenset()
    for part in parts:
        if part.starts is None:
            return None
        found |= part.starts
        if not part.empty:
            break
    return found


def starts_of_any(parts: Sequence[Production]) -> frozenset[str] | None:
    """What any of the parts begins with."""
    known_starts = [part.starts for part in parts if part.starts is not None]
    return frozenset().union(*known_starts) if len(known_starts) == len(parts) else None


def alt(*parts: Production) -> Production:
    """Any of them, the first one first."""

    def run(tokens: Tokens, place: int) -> Ends:
        found: Ends = {}
        for part in parts:
            for end, value in part(tokens, place).items():
                found.setdefault(end, value)
        return found

    silent, empty = all(part.silent for part in parts), any(part.empty for part in parts)
    return Production(run, starts_of_any(parts), silent, empty)


def opt(part: Production, default: Any = None) -> Production:
    """The part, or nothing."""
    return replace(part, run=lambda tokens, place: {place: default, **part(tokens, place)}, empty=True)


def chain(first: Production, following: Production, join: Callable[[Any, Any], Any], most: int = MOST_PARTS) -> Production:
    """The first and any number of the following; `join` adds one to the value so far and may refuse with None."""

    def run(tokens: Tokens, place: int) -> Ends:
        found = dict(first(tokens, place))
        edge = dict(found)
        for _ in range(most):
            further: Ends = {}
            for start, value in edge.items():
                for end, one in following(tokens, start).items():
                    joined = join(value, one) if end > start and end not in found and end not in further else None
                    if joined is not None:
                        further[end] = joined
            if not further:
                break
            found.update(further)
            edge = further
        return found

    return Production(run, first.starts, empty=first.empty)


def many(part: Production, least: int = 0, most: int = MOST_PARTS) -> Production:
    """The part repeated, and a tuple of its values."""
    repeated = chain(NOTHING, part, lambda values, value: (*values, value), most)

    def run(tokens: Tokens, place: int) -> Ends:
        return {end: values for end, values in repeated(tokens, place).items() if len(values) >= least}

    return Production(run, part.starts, empty=not least)


def skip(part: Production) -> Production:
    """The part repeated as far as it goes, and only that far."""

    def run(tokens: Tokens, place: int) -> Ends:
        for _ in range(MOST_PARTS):
            ends = part(tokens, place)
            if not ends:
                break
            place = max(ends)
        return {place: None}

    return Production(run, part.starts, silent=True, empty=True)


def known(part: Production) -> Production:
    """The part with a memory: asked again at the same place of the same text, it answers without looking."""

    def run(tokens: Tokens, place: int) -> Ends:
        key = (id(part), place)
        found = tokens.known.get(key)
        if found is None:
            found = tokens.known[key] = part(tokens, place)
        return found

    return replace(part, run=run)


def greedy(part: Production) -> Production:
    """Only the longest reading of the part."""

    def run(tokens: Tokens, place: int) -> Ends:
        ends = part(tokens, place)
        return {max(ends): ends[max(ends)]} if ends else ends

    return replace(part, run=run)


def longest(part: Production, tokens: Tokens, place: int = 0) -> tuple[Any, int] | None:
    """The value of the longest reading and the place behind it."""
    ends = part(tokens, place)
    if not ends:
        return None
    end = max(ends)
    return ends[end], end


NOTHING = Production(lambda tokens, place: {place: ()}, frozenset(), empty=True)
