"""Doubts that only the whole plan shows: numbers, repetitions, sentences that go on. Each is told in words, none is an error."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from planreader.clean import CYRILLIC, LOOK_ALIKES, WORD, fold
from planreader.model import DeadlineKind, Measure, Plan, Section
from planreader.numbering import number_key

GAP = "Перед номером {number} пропущен номер."
TWICE = "Номер {number} стоит ещё раз."
SIMILAR = "Похожее мероприятие уже есть под номером {number}."
SIMILAR_UNNUMBERED = "Похожее мероприятие уже есть выше."
SEVERAL_POINTS = "В одной ячейке несколько пунктов ({count}), они остались одним мероприятием."
GOES_ON = "Текст продолжает заголовок раздела."
NUMBER_AT_END = "Номер {number} напечатан после текста, проверьте, чей он."
LATIN = "В слове «{word}» латинские буквы вместо русских."
NO_NUMBERS = "В плане нет номеров мероприятий, взят порядок строк."
MIXED_DOTS = "Номера записаны по-разному, с точкой и без неё ({numbers})."
TOO_EARLY = "Пары формируются раньше, чем готова база (номер {number})."
TOO_EARLY_UNNUMBERED = "Пары формируются раньше, чем готова база."
MAKING = r"\b(?:формировани|создани|составлени|наполнени|закреплени|подбор|организаци)\w* (?:\S+ ){0,4}?"
BASE = re.compile(MAKING + r"(?:баз|банк|реестр)\w* (?:данных )?(?:об? )?(?:\w+ )?(?:наставник|наставляем|участник)")
PAIRS = re.compile(MAKING + r"(?:пары|пар|групп|группы|тандем\w*)\b(?! по )")
WEIGHTLESS = frozenset("данных уровне целевой модели реализации внедрения внедрению году".split())
POINT = re.compile(r"(?:^|[:;.]\s)[-–—•]\s?(?=\S)")
TRAILING_NUMBER = re.compile(r"\s(\d{1,2}(?:\.\d{1,2})+\.?)$")
LEAST_SIMILAR = 20  # letters; shorter forms are alike by chance
MOST_NAMED = 5


@dataclass(slots=True)
class Seen:
    """Numbers and texts of the measures before."""

    numbers: set[tuple[int, ...]] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)


def with_doubts(plan: Plan) -> Plan:
    """The plan with its oddities told: on the measure where there is one, else on the plan."""
    seen = Seen()
    bases = [measure for measure in plan.measures if BASE.search(fold(measure.text)) and is_once(measure)]
    sections = tuple(section_with_doubts(section, seen, bases) for section in plan.sections)
    return replace(plan, sections=sections, warnings=(*plan.warnings, *notes_on_numbers(plan)))


def is_once(measure: Measure) -> bool:
    """Has it a last day, and only one?"""
    return measure.deadline.kind in (DeadlineKind.BY, DeadlineKind.RANGE) and measure.deadline.end is not None


def order_notes(measure: Measure, bases: Sequence[Measure]) -> list[str]:
    """Pairs are made of the people in the base: their term ends before the base is ready."""
    end = measure.deadline.end
    if not PAIRS.search(fold(measure.text)) or not is_once(measure) or end is None:
        return []
    later = next((base for base in bases if base.deadline.end and base.deadline.end > end), None)
    if later is None:
        return []
    number = later.number.rstrip(".")
    return [TOO_EARLY.format(number=number) if number else TOO_EARLY_UNNUMBERED]


def section_with_doubts(section: Section, seen: Seen, bases: Sequence[Measure]) -> Section:
    """A section whose measures have their doubts."""
    before: tuple[int, ...] = ()
    # One-level numbers that count anew in each section repeat nothing.
    seen.numbers = {key for key in seen.numbers if len(key) > 1}
    measures = []
    for measure in section.measures:
        key = number_key(measure.number)
        notes = [*number_notes(measure, key, before, seen), *text_notes(measure, section, seen), *order_notes(measure, bases)]
        before = key or before
        measures.append(replace(measure, warnings=(*measure.warnings, *notes)))
    return replace(section, measures=tuple(measures))


def number_notes(measure: Measure, key: tuple[int, ...], before: tuple[int, ...], seen: Seen) -> list[str]:
    """A gap before this number, or the number again."""
    number = measure.number.rstrip(".")
    trailing = TRAILING_NUMBER.search(measure.text)
    notes = [NUMBER_AT_END.format(number=trailing.group(1).rstrip("."))] if trailing and not key else []
    if not key:
        return notes
    if key in seen.numbers:
        notes.append(TWICE.format(number=number))
    first_missing = not before and len(key) > 1 and key[-1] > 1
    jumped = bool(before) and len(key) == len(before) and key[:-1] == before[:-1] and key[-1] > before[-1] + 1
    if first_missing or jumped:
        notes.append(GAP.format(number=number))
    seen.numbers.add(key)
    return notes


def text_notes(measure: Measure, section: Section, seen: Seen) -> list[str]:
    """What the words of a measure show."""
    notes = []
    form = similar_form(measure.text)
    if form in seen.texts and len(form) > LEAST_SIMILAR:
        number = seen.texts[form].rstrip(".")
        notes.append(SIMILAR.format(number=number) if number else SIMILAR_UNNUMBERED)
    seen.texts.setdefault(form, measure.number)
    points = len(POINT.findall(measure.text))
    if points > 1:
        notes.append(SEVERAL_POINTS.format(count=points))
    if section.title and (measure.text[:1].islower() or section.title.endswith(":")):
        notes.append(GOES_ON)
    return [*notes, *(LATIN.format(word=word) for word in words_with_latin(measure.text))]


def words_with_latin(text: str) -> list[str]:
    """Cyrillic words that hold Latin letters of the same look, a trace of scanning."""
    words = dict.fromkeys(match.group() for match in WORD.finditer(text))
    return [word for word in words if CYRILLIC.search(word) and word.translate(LOOK_ALIKES) != word][:MOST_NAMED]


def notes_on_numbers(plan: Plan) -> list[str]:
    """No numbers at all, or some with a dot at the end and some without."""
    numbers = [measure.number for measure in plan.measures if measure.number]
    if not numbers:
        return [NO_NUMBERS] if plan.measures else []
    bare = [number for number in numbers if not number.endswith(".")]
    dotted = [number for number in numbers if number.endswith(".")]
    fewer = min(bare, dotted, key=len)
    if not fewer:
        return []
    named = ", ".join(fewer[:MOST_NAMED]) + ("…" if len(fewer) > MOST_NAMED else "")
    return [MIXED_DOTS.format(numbers=named)]


def similar_form(text: str) -> str:
    """What a measure is about: its first three words of weight, by their stems. «Формирование базы данных о наставляемых …»
    and «Формирование базы наставляемых в … учебном году» are one thing printed twice."""
    words = [word.strip('(),.;:«»"') for word in fold(text).split()]
    return " ".join([word[:8] for word in words if len(word) > 3 and word not in WEIGHTLESS][:3])
