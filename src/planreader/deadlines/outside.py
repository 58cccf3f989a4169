"""Productions of terms without days of their own: the whole period, another paper, an event, a need."""

from planreader.deadlines.combinators import alt, drop, like, many, mark, one_of, opt, seq, skip, token, word, words
from planreader.deadlines.lexicon import (
    AFTER_WORDS,
    CONSTANT,
    COUNTS,
    DAY_KINDS,
    DAY_WORDS,
    EVENT_HEADS,
    HOLIDAY_SEASONS,
    HOLIDAYS,
    NEED_WORDS,
    NEEDY,
    OF_WHAT,
    PAPER_HEADS,
    PAPER_WORDS,
    PERIOD_WORDS,
    RUN_WORDS,
    WHOLE,
)
from planreader.deadlines.phrase import Extent, Phrase
from planreader.deadlines.units import any_school_years, comma, dash, small, year
from planreader.model import DeadlineKind

MOST_NAME_WORDS = 12
WHOLE_PERIOD = Phrase(DeadlineKind.WHOLE_PERIOD, extent=Extent.PERIOD)
EXTERNAL = Phrase(DeadlineKind.EXTERNAL)
ON_DEMAND = Phrase(DeadlineKind.ON_DEMAND)

any_word = drop(token(lambda one: one.text if one.kind in ("word", "roman") else None, ["word", "roman"]))
quoted = seq(
    mark("quote"), drop(many(token(lambda one: one.text if one.kind != "quote" else None), most=MOST_NAME_WORDS)), mark("quote")
)
of_what = skip(alt(word(OF_WHAT), quoted, words("в на", "оо оу школе школах муниципалитете районе")))
of_paper = skip(alt(word(PAPER_WORDS), quoted, seq(dash, like(PAPER_HEADS)), seq(comma, like("(утвержден|установлен)н.*"))))
of_need = skip(word(f"{NEED_WORDS} {OF_WHAT} {NEEDY}"))

led = alt(words("в на", "течение течении теч протяжении ходе процессе период рамках"), word("за"))
placed = opt(alt(led, word("на в")))
whole_period = seq(
    alt(
        word(CONSTANT),
        words("на", "постоянной", "основе"),
        words("в", "постоянном", "режиме"),
        seq(placed, word(WHOLE), word(PERIOD_WORDS), of_what),
        seq(placed, word(PERIOD_WORDS), word(RUN_WORDS), of_what),
        seq(led, word(f"{RUN_WORDS} программы проекта"), of_what),
        seq(opt(led), word("весь всего"), word("процесс процесса"), of_what),
    ),
    build=lambda: WHOLE_PERIOD,
)

set_by_paper = "установленные указанные определенные утвержденные назначенные"
by_paper = alt(
    seq(alt(word("согласно"), words("в", "соответствии", "с со"), words("на", "основании")), any_word, of_paper),
    seq(word("по"), drop(many(word(PAPER_WORDS), most=4)), like(PAPER_HEADS), of_paper),
    seq(word("в"), opt(word(set_by_paper)), word("сроки срок"), opt(comma), word(PAPER_WORDS), of_paper),
    seq(word("в"), word(set_by_paper), word("сроки срок")),
    seq(word("график графики план планы сроки"), word(PAPER_WORDS), of_paper),
)
until_event = seq(
    alt(word("до перед"), words("не", "позднее")),
    word("завершения окончания начала началом завершением окончанием"),
    word(f"{OF_WHAT} обучения каникул занятий"),
)
by_event = alt(
    seq(word("по"), word(EVENT_HEADS), opt(any_word), of_paper),
    seq(word("после"), any_word, of_paper),
    seq(until_event, of_paper),
    seq(word("с со в"), word("момента дня день"), any_word, of_paper),
    seq(word("при"), word("заключении расторжении изменении подписании приеме увольнении"), any_word, of_paper),
)
number = drop(alt(small(1, 365), one_of(COUNTS), token(lambda one: one.value if one.kind == "roman" else None, ["roman"])))
ahead = seq(words("не", "позднее позже ранее менее"), opt(word("чем")), opt(word("за")))
counted_days = seq(opt(number), drop(many(word(DAY_KINDS), most=2)), word(DAY_WORDS))
days_long = alt(seq(number, opt(dash), opt(word("х ти")), opt(dash), like("дневн[а-я]+")), like("[а-я]+дневн[а-я]+"))
interval = seq(
    alt(
        seq(alt(words("в", "течение течении теч"), word("за через до"), ahead), counted_days),
        seq(word("в"), days_long, word("срок")),
    ),
    skip(word(AFTER_WORDS)),
    opt(any_word),
    of_paper,
)
# Every school has its own days of holidays.
holidays = seq(
    opt(word("в на во за")),
    alt(
        seq(opt(word("период время дни")), opt(word(HOLIDAY_SEASONS)), word(HOLIDAYS)),
        seq(like("каникулярн[а-я]+"), word("время период дни")),
    ),
    opt(drop(alt(any_school_years, year))),
)
external = seq(alt(by_paper, by_event, interval, holidays), build=lambda: EXTERNAL)

on_demand = seq(
    alt(
        seq(words("по", "мере"), any_word, of_need),
        seq(word("по"), word(NEED_WORDS), of_need),
        seq(word("при"), word("необходимости потребности надобности запросе обращении желании"), of_need),
        seq(word("при"), word("наличии возникновении поступлении"), any_word, of_need),
        seq(words("в", "случае"), any_word, of_need),
        words("в", "рабочем", "порядке"),
    ),
    build=lambda: ON_DEMAND,
)
outside = alt(whole_period, on_demand, external)
