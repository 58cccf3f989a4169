"""Russian text files come in several encodings and rarely say which."""

from itertools import pairwise

from fileguard.refusal import FileRefused

LETTERS = frozenset("оеаинтсрвлкмдпуяызьбгчйхжшюцщэфъё")


def decoded(content: bytes) -> str:
    """The text: UTF-8 (with or without mark), UTF-16, else the likeliest of the old Russian encodings."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        if zeros and zeros.count(0) + zeros.count(4) > len(zeros) * 0.8:
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    text = max((content.decode(name, errors="replace") for name in ("cp1251", "koi8-r", "cp866")), key=likeness)
    if likeness(text) < 0:
        raise FileRefused("Кодировка файла не распознана. Сохраните его в UTF-8 или как документ Word.")
    return text


def likeness(text: str) -> float:
    """How much a text looks Russian: lower-case letters in their usual share, no strange ones."""
    sample = text[:20000]
    letters = sum(letter in LETTERS for letter in sample)
    strange = sum(letter == "\ufffd" or (ord(letter) > 0x2000 and letter not in "–—«»„“”№…•−") for letter in sample)
    upper_inside = sum(one.islower() and two.isupper() for one, two in pairwise(sample))
    return letters - 3 * strange - 2 * upper_inside
