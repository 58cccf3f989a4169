"""`nastavnik demo`: an invented municipality to look at."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from nastavnik.config.demo import building, places

ACCOUNTS = (
    ("metodist", "муниципальный куратор"), ("nachalnik", "начальник управления"),
    ("kurator1", "куратор гимназии № 1 и завуч лицея"),
    ("direktor7", "директор Заречной СОШ"), ("kurator9", "куратор Каменской СОШ"), ("region", "региональный куратор"),
    ("admin", "администратор"), ("nagorny", "куратор соседнего округа"),
)  # fmt: skip


class Command(BaseCommand):
    help = "Build the demo municipality. Only with NASTAVNIK_DEMO=1: it has accounts with a known password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unless-built", action="store_true", help="do nothing but print the accounts when it is there")
        parser.add_argument("--serve", action="store_true", help="bring the tables up to date first, then serve it")
        parser.add_argument("--port", default="8000", help="port of the address that is printed")

    def handle(self, *, unless_built: bool, serve: bool, port: str, **options: Any) -> None:
        """Build, then say how to get in. With `serve` in one process: what starts thrice is slow to start."""
        if not settings.DEMO:
            raise CommandError("Демо строится только с NASTAVNIK_DEMO=1: у него известный всем пароль.")
        if serve:
            call_command("migrate", verbosity=0)
        self.build(unless_built=unless_built)
        self.tell(port)
        if serve:
            connections.close_all()  # gunicorn forks, and connections are not for two processes
            call_command("serve", port=int(port))

    def build(self, *, unless_built: bool) -> None:
        """Build it where it is not there yet."""
        if building.is_built() and not unless_built:
            raise CommandError("Демо уже построено. Чтобы начать заново, удалите базу данных.")
        if not building.is_built():
            self.stdout.write("Строю вымышленный муниципалитет…")
            building.build()

    def tell(self, port: str) -> None:
        """The address and the accounts."""
        self.stdout.write(f"\n  Откройте http://127.0.0.1:{port}/  Пароль у всех: {places.PASSWORD}\n")
        for username, who in ACCOUNTS:
            self.stdout.write(f"    {username:<11} {who}")
        self.stdout.write("\n  Остановить: Ctrl+C\n")
        self.stdout.flush()
