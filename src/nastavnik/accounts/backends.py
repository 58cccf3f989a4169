"""Log-in by user name or e-mail."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.http import HttpRequest

from nastavnik.accounts.models import User


class NameOrEmailBackend(BaseBackend):
    """Names are unique within a region only, so several accounts may answer to one name: the password decides."""

    def authenticate(self, request: HttpRequest | None, username: str = "", password: str = "", **kwargs: Any) -> User | None:
        """The active account with this name or e-mail and this password, else None after the same work."""
        name = username.strip().casefold()
        if not name or not password:
            return None
        candidates = list(User.objects.filter(Q(username=name) | Q(email=name), is_active=True).order_by("pk")[:3])
        for user in candidates:
            if user.check_password(password):
                return user
        if not candidates:
            make_password(password)  # an unknown name costs as much time as a known one
        return None

    def get_user(self, user_id: Any) -> User | None:
        """The active account of a session."""
        return User.objects.filter(pk=user_id, is_active=True).first()
