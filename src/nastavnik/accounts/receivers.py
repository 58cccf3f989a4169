"""News from Django itself."""

from typing import Any

from django.contrib.auth import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from nastavnik.accounts.actions.sessions import begin_session
from nastavnik.accounts.models import User


@receiver(user_logged_in)
def open_session(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whichever door a person came in by: the session has a row."""
    begin_session(request, user)
