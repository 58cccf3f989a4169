"""Keys of rows about people: made in Python, sortable by time, unique across installations (RFC 9562, version 7)."""

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """48 bits of milliseconds, then random bits with version and variant set."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value &= ~(0xF000 << 64) & ~(0xC000 << 48)
    return UUID(int=value | (0x7000 << 64) | (0x8000 << 48))


def is_uuid(text: str) -> bool:
    """May it be a key?"""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
