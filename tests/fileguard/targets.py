"""What the child processes of the tests are told to do."""

import os
import subprocess
import sys
import time
from pathlib import Path

from fileguard import FileRefused


def echo(*words: str) -> list[str]:
    """A value."""
    return list(words)


def refuse(sentence: str) -> None:
    """A refusal."""
    raise FileRefused(sentence)


def fail() -> None:
    """A mistake of a reader."""
    raise KeyError("part")


def eat_memory() -> int:
    """More than any limit of the tests."""
    return len(bytearray(2**30))


def abort() -> None:
    """What a library in Rust does when memory runs out."""
    os.abort()


def spin() -> None:
    """Endless work."""
    while True:
        pass


def sleep_with_a_child(folder: str) -> None:
    """Endless waiting, with a process of its own."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path(folder, "pid").write_text(str(child.pid), encoding="utf-8")
    time.sleep(60)


def secrets() -> list[str]:
    """Names in the environment that no reader needs."""
    return [name for name in os.environ if "SECRET" in name]
