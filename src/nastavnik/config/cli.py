"""The command line of Nastavnik. Commands that need no database do not load Django."""

import argparse
import os
import sys
from collections.abc import Sequence

DJANGO_COMMANDS = {
    "serve": "запустить сервер",
    "work": "выполнять фоновые работы (для PostgreSQL)",
    "demo": "построить вымышленный муниципалитет",
    "found": "завести первый регион, муниципалитет и руководителя",
    "migrate": "обновить базу данных",
    "backup": "сделать резервную копию",
    "restore": "восстановить из резервной копии",
    "check": "проверить установку",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in DJANGO_COMMANDS:
        return django_command(given[0], given[1:])
    options = parser().parse_args(given)
    return options.run(options)


def parser() -> argparse.ArgumentParser:
    """All commands."""
    top = argparse.ArgumentParser(prog="nastavnik", description="Целевая модель наставничества: дорожная карта, школы, сроки.")
    commands = top.add_subparsers(required=True, metavar="КОМАНДА")
    add_plan(commands)
    for name, help_text in DJANGO_COMMANDS.items():
        commands.add_parser(name, help=help_text)
    return top


def add_plan(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`plan read` and `plan import`."""
    plan = commands.add_parser("plan", help="официальные планы").add_subparsers(required=True, metavar="ДЕЙСТВИЕ")
    read = plan.add_parser("read", help="показать, как понят файл плана (база не нужна)")
    read.add_argument("file", metavar="FILE")
    read.add_argument("--json", action="store_true", dest="as_json", help="вывести JSON")
    read.set_defaults(run=read_plan)
    accept = plan.add_parser("import", help="принять план в систему")
    accept.add_argument("file", metavar="FILE")
    accept.add_argument("--organisation", required=True, metavar="SLUG", help="чей это план")
    accept.set_defaults(run=lambda options: django_command("import_plan", [options.file, "--organisation", options.organisation]))


def read_plan(options: argparse.Namespace) -> int:
    """Show how a plan file is understood."""
    from planreader.command import read_command  # noqa: PLC0415 -- the engine loads only for its own command

    return read_command(options.file, as_json=options.as_json)


COMMANDS = {"check": "check_installation"}


def django_command(name: str, rest: Sequence[str]) -> int:
    """Hand over to a management command of the project."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nastavnik.config.settings")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 -- Django loads only where it is needed
    from django.core.management import ManagementUtility  # noqa: PLC0415

    try:
        ManagementUtility(["nastavnik", COMMANDS.get(name, name), *rest]).execute()
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
