"""A mail server that fails as it is told, and one that really speaks SMTP."""

import socketserver
import threading
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


class Conversation(socketserver.StreamRequestHandler):
    """One SMTP session: greets, takes letters, says goodbye."""

    server: "SmtpSink"

    def handle(self) -> None:
        """Answer line by line until QUIT."""
        self.say("220 sink.example.test")
        while line := self.rfile.readline():
            word = line.strip().upper().partition(b" ")[0]
            if word == b"DATA":
                self.say("354 go on")
                self.server.letters.append(self.letter())
            self.say("221 bye" if word == b"QUIT" else "250 ok")
            if word == b"QUIT":
                return

    def say(self, words: str) -> None:
        """One line to the client."""
        self.wfile.write(words.encode() + b"\r\n")

    def letter(self) -> bytes:
        """Everything up to the line with a dot; doubled dots at the beginning of a line are single ones."""
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)


class SmtpSink(socketserver.ThreadingTCPServer):
    """A real SMTP server on a free port of this machine that keeps what it gets in `letters`."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list[bytes] = []
        self.port: int = self.server_address[1]

    def __enter__(self) -> "SmtpSink":
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self.server_close()
