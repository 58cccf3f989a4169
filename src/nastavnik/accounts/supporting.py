"""What stays shut while somebody helps out in another person's account. Rights that are never lent stand in `rights`; here are
the addresses: what belongs to the person alone, and what takes something away for good."""

from typing import Any

from nastavnik.accounts.rights import NEVER_WHILE_SUPPORTING
from nastavnik.core.access import SIGNED_IN

# Of the commands that need no right, only these do no harm.
OPEN_COMMANDS = {"accounts:end_support", "accounts:logout", "accounts:switch", "core:set_view"}
# Address names of commands that begin like this remove, sign or give something away.
SHUT_BEGINNINGS = ("remove", "delete", "discard", "archive", "approve", "endorse", "sign", "publish", "close", "revoke")
# Pages that show a secret of the person or change the log-in.
_shut = {
    "accounts:password", "accounts:factor", "accounts:factor_set_up", "accounts:session_list", "accounts:accept_invitation",
    "accounts:new_password", "accounts:code", "accounts:login",
}  # fmt: skip


def shut_while_supporting(*names: str) -> None:
    """An app's further addresses (a page that shows a secret link, a command that cannot be undone)."""
    _shut.update(names)


def is_shut(name: str, view: Any) -> bool:
    """Is the address closed to somebody who helps out?"""
    if name in _shut:
        return True
    if view.access_kind != "command":
        return False
    if view.right == SIGNED_IN:
        return name not in OPEN_COMMANDS
    return view.right in NEVER_WHILE_SUPPORTING or name.partition(":")[2].startswith(SHUT_BEGINNINGS)
