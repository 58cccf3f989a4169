"""The child's side: set the limits, then read. `python -m fileguard.child MEMORY_MB CPU_SECONDS ANSWER TARGET ARGUMENT…`"""

import importlib
import json
import resource
import sys
from pathlib import Path

from fileguard.refusal import OUT_OF_MEMORY, FileRefused


def main(memory_mb: str, cpu_seconds: str, answer: str, target: str, *arguments: str) -> int:
    """Exit code: 0 with an answer, 77 out of memory, anything else a crash."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds), int(cpu_seconds) + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit_memory(int(memory_mb))
    module, function = target.split(":")
    try:
        outcome = {"value": getattr(importlib.import_module(module), function)(*arguments)}
    except FileRefused as refused:
        outcome = {"refused": str(refused)}
    except Exception as error:
        if ran_out_of_memory(error):
            return OUT_OF_MEMORY
        raise
    Path(answer).write_text(json.dumps(outcome, ensure_ascii=False), encoding="utf-8")
    return 0


def ran_out_of_memory(error: BaseException | None) -> bool:
    """Is it a MemoryError, or did one make a library stumble?"""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def limit_memory(megabytes: int) -> None:
    """Data, not address space: libraries reserve more addresses than they use."""
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 2**20, megabytes * 2**20))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
