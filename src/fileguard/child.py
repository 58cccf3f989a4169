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
    except MemoryError:
        return OUT_OF_MEMORY
    Path(answer).write_text(json.dumps(outcome, ensure_ascii=False), encoding="utf-8")
    return 0


def limit_memory(megabytes: int) -> None:
    """Data, not address space: libraries reserve more addresses than they use."""
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 2**20, megabytes * 2**20))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
