"""A mail server that fails as it is told."""

from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend


class MoodyServer(EmailBackend):
    """`refuses` is raised when a connection is opened, `refused_letters` by address when a letter is handed over."""

    refuses: ClassVar[Exception | None] = None
    refused_letters: ClassVar[dict[str, Exception]] = {}
    opened: ClassVar[int] = 0

    def open(self) -> bool | None:
        """Let somebody in, or not."""
        MoodyServer.opened += 1
        if self.refuses is not None:
            raise self.refuses
        return True

    def send_messages(self, messages: list[EmailMessage]) -> int:
        """Take the letters, or not."""
        for letter in messages:
            for address in letter.to:
                if address in self.refused_letters:
                    raise self.refused_letters[address]
        return super().send_messages(messages)
