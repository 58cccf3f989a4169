"""`nastavnik work`: a worker of background jobs, for PostgreSQL."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from nastavnik.jobs import worker


class Command(BaseCommand):
    help = "Do background jobs until stopped. Start as many as you like on PostgreSQL."

    def handle(self, **options: Any) -> None:
        """Finish the present job after SIGTERM or SIGINT, then leave."""
        stop = threading.Event()

        def leave(*_: Any) -> None:
            stop.set()
            worker.work_has_come.set()

        signal.signal(signal.SIGTERM, leave)
        signal.signal(signal.SIGINT, leave)
        worker.work(stop)
