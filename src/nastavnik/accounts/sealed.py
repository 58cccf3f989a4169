"""Secrets at rest. The key is derived from the installation's secret key, which stands in the environment: a copy of the
database or a backup alone opens nothing. The owner's id is part of the seal: a secret moved to another row does not open."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12
PURPOSE = b"nastavnik second factor 1"


class SealBrokenError(ValueError):
    """The secret cannot be read: another secret key, another owner, or somebody changed it."""


def seal(text: str, owner: str) -> str:
    """Encrypt with the present key."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(key_from(settings.SECRET_KEY)).encrypt(nonce, text.encode(), owner.encode())).decode()


def unseal(sealed: str, owner: str) -> str:
    """Decrypt with the present key or an earlier one (`SECRET_KEY_FALLBACKS`)."""
    raw = base64.b64decode(sealed)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(key_from(secret)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], owner.encode()).decode()
        except InvalidTag:
            continue
    raise SealBrokenError


def key_from(secret: str) -> bytes:
    """256 bits for this purpose alone."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
