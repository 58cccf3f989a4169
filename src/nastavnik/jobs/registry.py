"""Which function does which kind of job, and which work returns by itself. Apps register at start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Progress(Protocol):
    """What a job's function may say while it works."""

    def __call__(self, done: int, total: int, message: str = "") -> None: ...


JobFunction = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Recurring:
    """Work that returns every `seconds`."""

    name: str
    seconds: int
    run: Callable[[], Any]


functions: dict[str, JobFunction] = {}
recurring: dict[str, Recurring] = {}


def job(kind: str) -> Callable[[JobFunction], JobFunction]:
    """Decorator: `function(progress, **payload)` does jobs of this kind and may return a JSON result."""

    def register(function: JobFunction) -> JobFunction:
        functions[kind] = function
        return function

    return register


def every(name: str, *, seconds: int) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Decorator: call the function every `seconds` from whichever worker is free."""

    def register(function: Callable[[], Any]) -> Callable[[], Any]:
        recurring[name] = Recurring(name, seconds, function)
        return function

    return register
