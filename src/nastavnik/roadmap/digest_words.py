"""The words of a digest: plain text, by organisation, the worst first, so short that it is read."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from nastavnik.core.templatetags.nastavnik import plural_form
from nastavnik.notifications.kinds import Words
from nastavnik.roadmap.queries.digests import Notice

MOST_LINES, LONGEST_TEXT = 20, 90


def words_of(notices: Sequence[Notice], today: date) -> Words:
    """Subject and body of the notices of one person, who has at least one."""
    shown, lines, heading = notices[:MOST_LINES], [], ""
    for place, mine in by_place(shown):
        lines += ["", *([place] if place else []), *(f"– {line_of(one, today)}" for one in mine)]
    more = len(notices) - len(shown)
    if more:
        lines += ["", _("И ещё дел: %(count)s. Все видны в системе.") % {"count": more}]
    heading = _("Что подошло по срокам на %(day)s. Сделанное отметьте, и напоминания о нём прекратятся.") % {
        "day": day_words(today)
    }
    return Words(subject_of(notices, today), "\n".join([heading, *lines]))


def subject_of(notices: Sequence[Notice], today: date) -> str:
    """«Сроки на 25 ноября: просрочено 3, подходит 2»."""
    late = sum(one.due_on < today for one in notices)
    parts = [_("просрочено %(count)s") % {"count": late}] if late else []
    if late < len(notices):
        parts.append(_("подходит %(count)s") % {"count": len(notices) - late})
    return _("Сроки на %(day)s: %(parts)s") % {"day": day_words(today), "parts": ", ".join(parts)}


def by_place(notices: Iterable[Notice]) -> list[tuple[str, list[Notice]]]:
    """Notices under the headings of their organisations, in the order of the worst of each."""
    groups: dict[str, list[Notice]] = {}
    for one in notices:
        groups.setdefault(heading_of(one), []).append(one)
    return list(groups.items())


def heading_of(notice: Notice) -> str:
    """The organisation, and for whom a deputy reads."""
    if not notice.acting_for:
        return notice.place
    return _("%(place)s (за: %(name)s)") % {"place": notice.place, "name": notice.acting_for}


def line_of(notice: Notice, today: date) -> str:
    """«Просрочено на 12 дней: 1.2 Разработка положения (срок 13 ноября)»."""
    words = {"what": what(notice), "day": day_words(notice.due_on), "when": distance(notice.due_on, today)}
    if notice.late_places:
        words["places"] = late_words(notice)
        return _("%(places)s: %(what)s (срок %(day)s, %(when)s)") % words
    return _("%(when)s: %(what)s (срок %(day)s)") % {**words, "when": words["when"].capitalize()}


def what(notice: Notice) -> str:
    """Number and text, not too long."""
    text = notice.text if len(notice.text) <= LONGEST_TEXT else notice.text[: LONGEST_TEXT - 1].rsplit(" ", 1)[0] + "…"
    return f"{notice.number} {text}".strip()


def late_words(notice: Notice) -> str:
    """«Опаздывают: Школа № 1, Школа № 10 и ещё 2»."""
    names, more = ", ".join(notice.names), notice.late_places - len(notice.names)
    if more > 0:
        names = _("%(names)s и ещё %(more)s") % {"names": names, "more": more}
    return (
        _("Опаздывают: %(names)s") % {"names": names} if notice.late_places > 1 else _("Опаздывает: %(names)s") % {"names": names}
    )


def distance(due_on: date, today: date) -> str:
    """«просрочено на 3 дня», «срок сегодня», «через 5 дней»."""
    days = (due_on - today).days
    if days == 0:
        return _("срок сегодня")
    word = plural_form(days, _("день"), _("дня"), _("дней"))
    if days < 0:
        return _("просрочено на %(days)s %(word)s") % {"days": -days, "word": word}
    return _("через %(days)s %(word)s") % {"days": days, "word": word}


def day_words(day: date) -> str:
    """«25 ноября»; with the year that is not the one of most of the plan's days."""
    return format_date(day, "j E Y")
