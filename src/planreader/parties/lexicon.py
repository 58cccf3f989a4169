"""Who is named in «Ответственные», by folded wording. The first rule that fits decides, so exact ones stand first."""

import re
from dataclasses import dataclass

from planreader.model import Role, Scope


@dataclass(frozen=True, slots=True)
class Rule:
    """A wording and what it stands for. `firm` rules keep their scope whatever column they stand in."""

    wording: "re.Pattern[str]"
    role: Role
    scope: Scope
    firm: bool = False


def rule(role: Role, scope: Scope, wording: str, *, firm: bool = False) -> Rule:
    """A rule from a wording."""
    return Rule(re.compile(wording), role, scope, firm)


SCHOOLS = (
    r"(?:оо|оу|доу|доо|моу|мбоу|мкоу|мбдоу|маоу|школ\w*|гимнази\w*|лице\w*|(?:обще)?образовательн\w+ (?:организаци|учреждени)\w*)"
)
OFFICE = r"(?:управлени|отдел|комитет|департамент)\w*"
DEPARTMENT = rf"{OFFICE}(?: \w+){{0,2}} образовани\w*|{OFFICE} (?:по |администраци)"
RULES = (
    rule(Role.WORKING_GROUP, Scope.EACH_SCHOOL, r"руководител\w* (?:шмо|мо|рмо|методическ|рабоч|проектн|творческ|проект)"),
    rule(Role.REGION_AUTHORITY, Scope.REGION,
         r"министерств|минобр|минпросв|орган\w* исполнительной власти|региональн\w+ (?:орган|оператор)"
         rf"|{OFFICE} [^,]*образовани[^,]*(?:област|кра[яю]|республик)", firm=True),
    rule(Role.REGIONAL_CENTRE, Scope.REGION,
         r"\bрцн\b|региональн\w+ (?:\w+ )?(?:центр|наставническ|куратор|координатор)|\bиро\b|\w*ипкро?\b|\bцнппм\b|\bрмц\b"
         r"|институт\w* (?:развития|повышения)", firm=True),
    rule(Role.MUNICIPAL_HEAD, Scope.MUNICIPALITY,
         rf"(?:начальник|руководител|заведующ|председател|директор|глав)\w* (?:му |мку )?\"?(?:{OFFICE}|уо\b|администрац\w* (?!оо|оу|школ))",
         firm=True),
    rule(Role.MUNICIPAL_DEPARTMENT, Scope.MUNICIPALITY,
         rf"муниципальн\w+ (?!общеобр|образов)\w+|(?:методист|специалист|сотрудник)\w* (?:му\b|уо\b|мку|{OFFICE}|имц|ммс|рмк)|\bму оо\b"
         rf"|{DEPARTMENT}|\b(?:уо|роо|моуо|муо|моо|гороно|районо|имц|ммц|рмк|ммс|цоко)\b|\bмку\b|администраци\w* (?!оо|оу|школ|гимн|лице)\w+",
         firm=True),
    rule(Role.DEPUTY_HEAD, Scope.EACH_SCHOOL, r"\bзам\b|заместител|\bзд ?в?у?в?р\b|\bзду?вр\b|завуч"),
    rule(Role.CLASS_TEACHER, Scope.EACH_SCHOOL, r"класс\w* рук|\bкл\b\W{0,2}рук"),
    rule(Role.PSYCHOLOGIST, Scope.EACH_SCHOOL, r"психолог"),
    rule(Role.WORKING_GROUP, Scope.EACH_SCHOOL,
         r"(?:рабоч|проектн|творческ|инициативн)\w* групп|педсовет|методсовет|(?:педагогическ|методическ|управляющ|научно-методическ)\w* (?:совет|объедин|служб)"
         r"|\bшмо\b|\bрмо\b|\bмо\b|совет\w* (?:наставник|обучающ|родител|школ)|команд\w*"),
    rule(Role.PARTNER, Scope.PARTNER,
         r"партнер|предприяти|работодател|\bспо\b|\bвуз|колледж|техникум|университет|центр\w* занятости", firm=True),
    rule(Role.SCHOOL_COORDINATOR, Scope.EACH_SCHOOL, r"куратор|координатор|ответственн\w* (?:за|лиц)"),
    rule(Role.SCHOOL_HEAD, Scope.EACH_SCHOOL, rf"(?:руководител|глав)\w*(?: \w+){{0,3}} {SCHOOLS}|директор|заведующ|администраци\w* {SCHOOLS}"),
    rule(Role.MENTEE, Scope.EACH_SCHOOL, r"наставляем"),
    rule(Role.MENTOR, Scope.EACH_SCHOOL, r"наставник|наставническ\w+ (?:пар|групп)"),
    rule(Role.SCHOOL_HEAD, Scope.EACH_SCHOOL, rf"^руководител\w*$|^администраци\w*$|^{SCHOOLS}(?: \S+){{0,7}}$"),
    rule(Role.OTHER, Scope.EACH_SCHOOL,
         r"педагог|учител|родител|обучающ|учащ|библиотекар|советник|вожат|воспитател|методист|организатор|секретар|участник"
         r"|специалист|сотрудник|работник|коллектив"),
)  # fmt: skip

# A person: surname with initials, initials with surname. Names are kept, never resolved to an account by themselves.
NAME = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
    r"|[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+(?:вна|вич|ична|ьич|кызы|оглы)\b"
)
ALIAS = re.compile(r"([^()]+?)\s*\(\s*(?:далее|в дальнейшем)\s*[-–—:]?\s*([^()]+?)\s*\)", re.IGNORECASE)

# Words that may begin a party, and words that may go on inside one, for plans whose columns have run together.
HEADS = re.compile(
    r"му|мку|уо|рцн|иро|цнппм|имц|оо|оу|шмо|рмо|спо|вуз\w*|руководител\w*|директор\w*|куратор\w*|координатор\w*|зам|зам\.|заместител\w*"
    r"|здвр|здувр|завуч\w*|заведующ\w*|начальник\w*|управлени\w*|отдел\w*|комитет\w*|департамент\w*|министерств\w*|муниципальн\w+|региональн\w+"
    r"|администраци\w*|классн\w+|педагог\w*|психолог\w*|учител\w*|наставник\w*|наставляем\w*|рабоч\w+|проектн\w+|педсовет\w*|методсовет\w*|педагогическ\w+"
    r"|методическ\w+|методист\w*|специалист\w*|ответственн\w+|партнер\w*|предприяти\w*|работодател\w*|общеобразовательн\w+|образовательн\w+|школ\w*"
    r"|родител\w*|обучающ\w*|социальн\w+|председател\w*|все|соисполнител\w*|исполнител\w*"
)
INSIDE = re.compile(
    rf"{HEADS.pattern}|по|в|и|на|за|с|со|от|для|при|/|-|–|внедрени\w*|реализаци\w*|цмн|целевой|модели|программ\w*|вр|увр|мр|нмр|ур|организаци\w*|учреждени\w*|образовани\w*"
    r"|группа|группы|групп|совет\w*|объединени\w*|коллектив\w*|центр\w*|наставничеств\w*|район\w*|округ\w*|город\w*|области|края|республики|\w+(?:ского|цкого|ной|ного|ской|цкой)"
    r"|далее|воспитательной|учебной|работе|работы|лиц\w*|каждой|органов|власти|исполнительной|директоров|директора|руководител\w*|№|\d+|назначенн\w+|участник\w*|взаимодействи\w*"
)
