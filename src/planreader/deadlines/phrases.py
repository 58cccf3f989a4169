"""Productions of whole phrases. Each takes a cursor and the horizon and gives a Meaning or nothing."""

from collections.abc import Callable

from planreader.deadlines.lexicon import (
    CONSTANT,
    END_WORDS,
    EVENT_HEADS,
    NEED_WORDS,
    OF_WHAT,
    PAPER_HEADS,
    PAPER_WORDS,
    PERIOD_WORDS,
    SCHOOL_WORDS,
    WHOLE,
    YEAR_WORDS,
)
from planreader.deadlines.meaning import Meaning, meaning_of
from planreader.deadlines.recurring import recurring, then_yearly
from planreader.deadlines.spans import Moment, Stretch, moment, month_of, read_span, school_years, year_after
from planreader.deadlines.tokens import Cursor
from planreader.model import DeadlineKind, Span

DAY_WORDS = frozenset("день дня дней сутки суток неделя недели недель месяц месяца месяцев".split())
DAY_KINDS = frozenset("рабочих рабочего календарных календарного учебных учебного".split())
AFTER = frozenset("после со с от до момента".split())
Production = Callable[[Cursor, Span | None], Meaning | None]


def read_meaning(cursor: Cursor, horizon: Span | None) -> Meaning | None:
    """The longest phrase at the cursor; of equally long ones the more exact production, which stands first."""
    mark, best = cursor.place, None
    for production in PRODUCTIONS:
        cursor.place = mark
        found = production(cursor, horizon)
        if found is not None and cursor.place > mark and (best is None or cursor.place > best[0]):
            best = (cursor.place, found)
    cursor.place = best[0] if best else mark
    return best[1] if best else None


def dated(cursor: Cursor, horizon: Span | None) -> Meaning | None:
    """Days and spans, one or a list: «до 13.10.2020», «декабрь 2020, декабрь 2021»."""
    first = limit(cursor) or read_span(cursor)
    if first is None:
        return None
    items = [first]
    while True:
        mark = cursor.place
        separate(cursor)
        separated = cursor.place > mark
        following = limit(cursor) or read_span(cursor)
        # Without a comma only the same kind of term goes on: «в 2020/2021 учебном году» / «Октябрь 2020» are two cells.
        if following is None or not (separated or following.shape == items[-1].shape):
            cursor.place = mark
            break
        items.append(following)
    return then_yearly(cursor, items, horizon) or meaning_of(items, horizon)


def separate(cursor: Cursor) -> None:
    """What may stand between the items of a list; on paper often only a new line."""
    while cursor.take("comma", "semi") or cursor.word({"и", "а", "также"}):
        pass


def limit(cursor: Cursor) -> Stretch | None:
    """«до …», «не позднее …», «к …», «в срок до …»."""
    mark = cursor.place
    cursor.word({"в", "срок"})
    cursor.word({"срок"})
    cursor.take("dash")
    strict = cursor.words({"не"}, {"позднее", "позже"})
    cursor.word({"чем"})
    if strict or cursor.word({"до", "к", "ко"}):
        cursor.word({"до"})
        found = limit_day(cursor)
        if found is not None:
            return found
    cursor.place = mark
    return None


def limit_day(cursor: Cursor) -> Stretch | None:
    """The day behind «до»."""
    day = moment(cursor)
    if day is not None:
        return Stretch(None, day)
    mark = cursor.place
    if cursor.word(END_WORDS):
        found = month_of(cursor, 0) or end_of_year(cursor)
        if found is not None:
            return Stretch(None, found)
    cursor.place = mark
    before = month_of(cursor, 0)
    if before is not None and before.month is not None:
        year = before.year - 1 if before.year and before.month == 1 else before.year
        return Stretch(None, Moment(0, before.month - 1 or 12, year), rough=True)
    year = year_after(cursor)
    return Stretch(None, Moment(31, 12, year), rough=True) if year else None


def end_of_year(cursor: Cursor) -> Moment | None:
    """«конца 2020 года», «конца 2020-2021 учебного года», «конца учебного года»."""
    school = school_years(cursor)
    if school is not None:
        return Moment(31, 8, school[1])
    year = year_after(cursor)
    if year is not None:
        return Moment(31, 12, year)
    if cursor.word({"учебного"}) and cursor.word(YEAR_WORDS):
        return Moment(31, 8, None)
    return Moment(31, 12, None) if cursor.word(YEAR_WORDS) else None


def whole_period(cursor: Cursor, horizon: Span | None) -> Meaning | None:
    """«В течение всего периода реализации ЦМН», «постоянно»."""
    if cursor.word(CONSTANT) or cursor.words({"на"}, {"постоянной"}, {"основе"}):
        return whole(horizon)
    introduced = (
        cursor.words({"в", "на"}, {"течение", "течении", "протяжении", "ходе"}) or cursor.word({"в", "на", "за"}) is not None
    )
    all_of_it = cursor.word(WHOLE) is not None
    period = cursor.word(PERIOD_WORDS) is not None
    mark = cursor.place
    while cursor.word(OF_WHAT):
        pass
    named = cursor.place > mark
    if (period and (all_of_it or named)) or (introduced and named and not all_of_it):
        return whole(horizon)
    return None


def whole(horizon: Span | None) -> Meaning:
    """The horizon, as far as it is known."""
    return Meaning(DeadlineKind.WHOLE_PERIOD, (horizon,) if horizon else ())


def all_year(cursor: Cursor, horizon: Span | None) -> Meaning | None:
    """«В течение учебного года» without saying which: the horizon if that is one year, else every day of it."""
    cursor.words({"в", "на"}, {"течение", "течении", "протяжении"})
    cursor.word(WHOLE)
    cursor.word(SCHOOL_WORDS | {"календарного"})
    if not cursor.word({"год", "года", "г"}) or cursor.place < 2:
        return None
    if horizon and horizon.start and horizon.end and (horizon.end - horizon.start).days <= 366:
        return Meaning(DeadlineKind.RANGE, (horizon,))
    return whole(horizon)


def on_demand(cursor: Cursor, horizon: Span | None) -> Meaning | None:
    """«По мере необходимости», «по запросу»."""
    if cursor.words({"по"}, {"мере"}):
        if cursor.peek() is None:
            return None
        cursor.place += 1
    elif cursor.word({"при"}):
        cursor.word({"возникновении", "наличии"})
        if not cursor.word({"необходимости", "потребности", "запроса", "запросов", "обращения", "обращении"}):
            return None
    elif not (cursor.word({"по"}) and cursor.word(NEED_WORDS)):
        return None
    while cursor.word(NEED_WORDS | OF_WHAT | {"участников", "наставников", "наставляемых", "родителей"}):
        pass
    return Meaning(DeadlineKind.ON_DEMAND)


def external(cursor: Cursor, horizon: Span | None) -> Meaning | None:
    """Another paper or an event sets the day: «согласно графику ОО», «в течение 3 рабочих дней после …»."""
    if not (by_paper(cursor) or by_event(cursor) or days_after(cursor)):
        return None
    while cursor.word(PAPER_WORDS) or quoted(cursor):
        pass
    return Meaning(DeadlineKind.EXTERNAL)


def by_paper(cursor: Cursor) -> bool:
    """The beginning of a reference to another paper."""
    mark = cursor.place
    if cursor.word({"согласно"}) or cursor.words({"в"}, {"соответствии"}, {"с", "со"}):
        return cursor.word(PAPER_WORDS) is not None
    if cursor.words({"в"}, {"сроки", "срок"}):
        cursor.take("comma")
        return cursor.word(PAPER_WORDS) is not None
    if cursor.word({"по", "график", "сроки"}):
        while (token := cursor.peek()) is not None and token.text in PAPER_WORDS:
            cursor.place += 1
            if PAPER_HEADS.fullmatch(token.text):
                return True
    cursor.place = mark
    return False


def by_event(cursor: Cursor) -> bool:
    """The beginning of a reference to an event."""
    mark = cursor.place
    if (cursor.word({"по"}) and cursor.word(EVENT_HEADS)) or cursor.word({"после"}):
        if cursor.peek() is not None:
            cursor.place += 1
        return True
    cursor.place = mark
    return False


def days_after(cursor: Cursor) -> bool:
    """«В течение 3 рабочих дней со дня …», «за 5 дней до …»."""
    mark = cursor.place
    if cursor.words({"в"}, {"течение", "течении"}) or cursor.word({"за", "через", "не"}):
        cursor.words({"позднее"}, {"чем"})
        cursor.word({"за", "через"})
        counted = cursor.number("number", "roman") is not None or cursor.word({"месяца", "недели"}) is not None
        cursor.word(DAY_KINDS)
        if counted and (cursor.word(DAY_WORDS) or cursor.tokens[cursor.place - 1].text in DAY_WORDS):
            cursor.word(AFTER)
            if cursor.peek() is not None:
                cursor.place += 1
            return True
    cursor.place = mark
    return False


def quoted(cursor: Cursor) -> bool:
    """A name in quotation marks, or a mark of a list between the words of one reference."""
    token = cursor.peek()
    if token is None or token.text != '"':
        return False
    rest = [place for place in range(cursor.place + 1, len(cursor.tokens)) if cursor.tokens[place].text == '"']
    cursor.place = rest[0] + 1 if rest else len(cursor.tokens)
    return True


PRODUCTIONS: tuple[Production, ...] = (dated, recurring, whole_period, all_year, on_demand, external)
