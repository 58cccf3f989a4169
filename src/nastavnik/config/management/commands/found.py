"""`nastavnik found`: the first region, municipality and administrator of an empty installation."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actions.appointments import appoint
from nastavnik.accounts.actions.passwords import code_hash, new_code, spaced
from nastavnik.accounts.actions.people import open_account
from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import OneTimeCode
from nastavnik.organisations.actions import open_organisation
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation


class Command(BaseCommand):
    help = "Make the first region, municipality and municipal coordinator, and print a one-time code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, metavar="NAME")
        parser.add_argument("--municipality", required=True, metavar="NAME")
        parser.add_argument("--username", required=True)
        parser.add_argument("--surname", required=True)
        parser.add_argument("--given-name", required=True)

    @transaction.atomic
    def handle(self, *, region: str, municipality: str, username: str, surname: str, given_name: str, **options: Any) -> None:
        """Everything or nothing; only in an empty installation."""
        if Organisation.objects.exists():
            raise CommandError("В системе уже есть организации. Дальше работайте через сайт.")
        top = open_organisation(kind=OrganisationKind.REGION, name=region, parent=None, by=None)
        place = open_organisation(kind=OrganisationKind.MUNICIPALITY, name=municipality, parent=top, by=None)
        user = open_account(place, username=username, surname=surname, given_name=given_name, by=None)
        for role in (Role.MUNICIPAL_HEAD, Role.ADMINISTRATOR):
            appoint(user, place, role=role, starts_on=timezone.localdate(), by=None)
        code = new_code()
        OneTimeCode.objects.create(
            region_id=user.region_id, user=user, code_hash=code_hash(user, code), expires_at=timezone.now() + timedelta(days=3)
        )
        self.stdout.write(f"Готово. Вход: /password/code/  имя {user.username}  одноразовый код {spaced(code)} (три дня)")
