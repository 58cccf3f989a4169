"""A log-in name to begin with, made of a person's own."""

from nastavnik.accounts.models import User

LATIN = dict(
    zip(
        "абвгдеёзийклмнопрстуфхцчшщъыьэюяж",
        "a b v g d e e z i y k l m n o p r s t u f kh ts ch sh sch _ y _ e yu ya zh".split(),
        strict=True,
    )
)
MOST_TRIES = 50


def latin(text: str) -> str:
    """«Щукина-Орлова» > «schukinaorlova»."""
    return "".join(
        LATIN.get(letter, letter if letter.isascii() and letter.isalnum() else "") for letter in text.casefold()
    ).replace("_", "")


def suggested_name(region_id: int, surname: str, given_name: str, patronymic: str) -> str:
    """«orlova.ap», with a number when that is taken in the region."""
    initials = "".join(latin(part)[:1] for part in (given_name, patronymic))
    base = ".".join(part for part in (latin(surname), initials) if part) or "sotrudnik"
    taken = set(User.objects.filter(region_id=region_id, username__startswith=base).values_list("username", flat=True))
    return next((name for name in (base, *(f"{base}{number}" for number in range(2, MOST_TRIES))) if name not in taken), base)
