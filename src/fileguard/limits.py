"""Runs a reader in a child process: whatever the file does to it, the caller lives on."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from fileguard.refusal import OUT_OF_MEMORY, FileRefused

MEMORY_MB, CPU_SECONDS, WALL_SECONDS = 240, 14, 18
# Libraries in Rust abort when memory runs out.
OUT_OF_LIMITS = frozenset({-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, OUT_OF_MEMORY})
TOO_HEAVY = "Файл слишком сложный: его не удалось прочитать за отведённое время и память. Сохраните в новый файл только таблицу."
BROKEN = "Файл повреждён или устроен необычно. Откройте его, сохраните заново в .docx, .xlsx или .pdf и загрузите."


def run_limited(
    target: str, *arguments: str, memory_mb: int = MEMORY_MB, cpu_seconds: int = CPU_SECONDS, wall_seconds: float = WALL_SECONDS
) -> Any:
    """Call `target` («module:function») with text arguments in a child; returns its JSON value.

    Raises FileRefused with the child's own sentence, or with a general one when the child dies, runs out of memory or time.
    """
    with tempfile.TemporaryDirectory(prefix="fileguard-") as folder:
        answer = Path(folder) / "answer.json"
        limits = [str(memory_mb), str(cpu_seconds), str(answer)]
        child = subprocess.Popen(  # noqa: S603 -- our own interpreter, our own module; arguments are data
            [sys.executable, "-m", "fileguard.child", *limits, target, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, cwd=folder,
            env=child_environment(),
        )  # fmt: skip
        try:
            child.wait(timeout=wall_seconds)
        except subprocess.TimeoutExpired as error:
            raise FileRefused(TOO_HEAVY) from error
        finally:
            end(child)
        return answer_of(answer, child.returncode)


def child_environment() -> dict[str, str]:
    """Only what an interpreter needs; no secrets of the caller."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT", "VIRTUAL_ENV") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONIOENCODING": "utf-8",
        "OMP_NUM_THREADS": "1",
    }


def end(child: "subprocess.Popen[bytes]") -> None:
    """Nothing of the child stays behind."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def answer_of(answer: Path, code: int | None) -> Any:
    """What the child left."""
    if code == 0 and answer.is_file():
        outcome = json.loads(answer.read_text(encoding="utf-8"))
        if "refused" in outcome:
            raise FileRefused(outcome["refused"])
        return outcome["value"]
    raise FileRefused(TOO_HEAVY if code in OUT_OF_LIMITS else BROKEN)
