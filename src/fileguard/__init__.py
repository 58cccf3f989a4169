"""Opens files that people upload without trusting them: first a streaming look, then a child process with limits."""

from fileguard.checking import FileKind, check_file
from fileguard.limits import run_limited
from fileguard.refusal import FileRefused

__all__ = ["FileKind", "FileRefused", "check_file", "run_limited"]
