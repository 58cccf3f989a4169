"""`nastavnik serve`: the web server."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from gunicorn.app.base import BaseApplication

from nastavnik.jobs import worker


class Command(BaseCommand):
    help = "Serve the product. On SQLite one process also does the background jobs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=0, help="processes; 1 on SQLite, 2 on PostgreSQL by default")
        parser.add_argument("--threads", type=int, default=4)

    def handle(self, *, host: str, port: int, workers: int, threads: int, **options: Any) -> None:
        """Run gunicorn until it is stopped."""
        on_sqlite = "sqlite" in settings.DATABASES["default"]["ENGINE"]
        if on_sqlite and workers > 1:
            self.stderr.write("На SQLite работает один процесс: параметр --workers не учтён.")
        Server(
            {
                "bind": f"{host}:{port}",
                "workers": 1 if on_sqlite else workers or 2,
                "threads": threads * 2 if on_sqlite else threads,
                "worker_class": "gthread",
                "control_socket_disable": True,
                "timeout": 60,
                "graceful_timeout": 20,
                "max_requests": 0 if on_sqlite else 20000,
                "max_requests_jitter": 2000,
                "loglevel": "warning",
                "post_worker_init": start_jobs,
            }
        ).run()


def start_jobs(gunicorn_worker: Any) -> None:
    """Background jobs live in this process when there is only one."""
    if settings.JOBS_IN_WEB_PROCESS:
        worker.start_in_this_process()


class Server(BaseApplication):
    """gunicorn with our options and no command line of its own."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.chosen = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from nastavnik.config.wsgi import application  # noqa: PLC0415 -- loads in the worker, after the fork

        return application
