"""How often something may be tried, counted before any costly work. One statement counts and answers, so that many
processes at once cannot slip through (the database is the only shared memory)."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from nastavnik.accounts.models import AttemptCount
from nastavnik.audit.trail import current_trace
from nastavnik.core.identifiers import uuid7
from nastavnik.core.models import INSTALLATION

COUNT = """
INSERT INTO {table} (id, region_id, key, "window", count) VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (key, "window") DO UPDATE SET count = {table}.count + 1 RETURNING count
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries in `seconds`."""

    name: str
    most: int
    seconds: int


LOGIN_OF_ACCOUNT = Limit("login of account", 5, 15 * 60)
LOGIN_FROM_ADDRESS = Limit("login from address", 30, 15 * 60)
CODE_FROM_ADDRESS = Limit("code from address", 10, 15 * 60)
RESET_OF_ACCOUNT = Limit("reset of account", 3, 60 * 60)
RESET_FROM_ADDRESS = Limit("reset from address", 20, 60 * 60)
PASSWORD_OF_ACCOUNT = Limit("password of account", 10, 15 * 60)
FACTOR_OF_ACCOUNT = Limit("factor of account", 5, 15 * 60)
INVITATION_FROM_ADDRESS = Limit("invitation from address", 60, 15 * 60)


def count_try(limit: Limit, *parts: str) -> int:
    """Count one more try; returns how many there have been in the present window."""
    key = uuid7().hex if connection.vendor == "sqlite" else uuid7()
    values = [key, INSTALLATION, hidden(limit, *parts), window_of(limit)]
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(table=connection.ops.quote_name(AttemptCount._meta.db_table)), values)
        return int(cursor.fetchone()[0])


def is_over(limit: Limit, *parts: str) -> bool:
    """Count one more try and say whether it is one too many."""
    return count_try(limit, *parts) > limit.most


def minutes_left(limit: Limit) -> int:
    """Until the present window ends, rounded up."""
    return -(-(limit.seconds - int(timezone.now().timestamp()) % limit.seconds) // 60)


def forget_tries(limit: Limit, *parts: str) -> None:
    """After a success the account's own count starts anew."""
    AttemptCount.objects.filter(key=hidden(limit, *parts)).delete()


def take_back_try(limit: Limit, *parts: str) -> None:
    """A success does not use up what many share: a whole school logs in from one address in the morning."""
    AttemptCount.objects.filter(key=hidden(limit, *parts), window=window_of(limit), count__gt=0).update(count=F("count") - 1)


def network_of(address: str) -> str:
    """What one visitor cannot change at will: an IPv4 address, the /64 network of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{parsed}/64", strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)


def here() -> str:
    """Where the present request comes from, as tries are counted."""
    return network_of(current_trace.get().address)


def window_of(limit: Limit) -> int:
    """The number of the present window."""
    return int(timezone.now().timestamp()) // limit.seconds


def forget_old_counts() -> None:
    """Windows end within an hour; yesterday's counts are of no use. Windows of different lengths have different numbers,
    so the age of a count is read from the time in its key's version 7 id."""
    oldest = (int(timezone.now().timestamp() * 1000) - 24 * 3600 * 1000) << 80
    AttemptCount.objects.filter(pk__lt=UUID(int=oldest)).delete()


def hidden(limit: Limit, *parts: str) -> str:
    """A keyed hash: the table holds no names and no addresses."""
    return salted_hmac(f"nastavnik.throttling {limit.name}", "\n".join(parts), algorithm="sha256").hexdigest()
