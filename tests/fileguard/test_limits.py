"""The child process: its value, its refusals, and every way in which it can die."""

import os
import time
from pathlib import Path

import pytest

from fileguard import FileRefused, run_limited
from fileguard.limits import BROKEN, TOO_HEAVY

HERE = "tests.fileguard.targets"


def sentence_of(target: str, *arguments: str, **limits: float) -> str:
    """The sentence of a refusal."""
    with pytest.raises(FileRefused) as refused:
        run_limited(f"{HERE}:{target}", *arguments, **limits)  # type: ignore[arg-type]
    return str(refused.value)


def test_the_value_comes_back_with_its_letters() -> None:
    assert run_limited(f"{HERE}:echo", "план", "--json", "a\nb") == ["план", "--json", "a\nb"]


def test_a_refusal_keeps_its_sentence() -> None:
    assert sentence_of("refuse", "Файл пустой.") == "Файл пустой."


@pytest.mark.parametrize(
    ("target", "limits", "sentence"),
    [
        ("fail", {}, BROKEN),
        ("no_such_function", {}, BROKEN),
        ("eat_memory", {"memory_mb": 100}, TOO_HEAVY),
        ("abort", {}, TOO_HEAVY),
        ("spin", {"cpu_seconds": 1}, TOO_HEAVY),
        ("spin", {"wall_seconds": 1}, TOO_HEAVY),
    ],
)
def test_every_death_is_one_sentence(target: str, limits: dict[str, float], sentence: str) -> None:
    assert sentence_of(target, **limits) == sentence


def test_nothing_of_the_child_stays_behind(tmp_path: Path) -> None:
    assert sentence_of("sleep_with_a_child", str(tmp_path), wall_seconds=3) == TOO_HEAVY
    left = int((tmp_path / "pid").read_text(encoding="utf-8"))
    for _ in range(50):
        if not lives(left):
            break
        time.sleep(0.1)
    assert not lives(left)


def lives(number: int) -> bool:
    """Is the process there and not a zombie?"""
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_the_child_does_not_see_the_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "NASTAVNIK_SECRET_KEY", "x")
    assert run_limited(f"{HERE}:secrets") == []
