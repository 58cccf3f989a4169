"""`nastavnik plan import FILE --organisation SLUG`: a plan goes to work without the preview."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nastavnik.core.errors import Refusal
from nastavnik.jobs.worker import run_pending
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.plans import create_roadmap, plan_digest, roadmap_of_plan
from planreader import PlanRefused, read_plan_limited


class Command(BaseCommand):
    help = "Accept a plan file for an organisation. Deadlines that were not understood wait to be settled."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, metavar="SLUG")

    def handle(self, *, file: Path, organisation: str, **options: Any) -> None:
        """Exit code 2 with one sentence when it cannot be done; the same plan again changes nothing."""
        place = Organisation.objects.filter(slug=organisation).first()
        if place is None:
            self.refuse(f"Организации «{organisation}» нет. Адрес организации виден в строке браузера на её странице.")
        try:
            plan = read_plan_limited(file)
            there = roadmap_of_plan(place, plan_digest(plan))
            if there is not None:
                self.stdout.write(f"Этот план уже принят: {there.title}")
                return
            roadmap = create_roadmap(place, plan, by=None, source_name=file.name)
        except (PlanRefused, Refusal) as refused:
            self.refuse(str(refused))
        run_pending()
        doubts = [measure for measure in plan.measures if measure.warnings]
        for measure in doubts:
            self.stderr.write(f"{measure.number} {' '.join(measure.warnings)}")
        self.stdout.write(f"Принято: {roadmap.title}")
        self.stdout.write(
            f"Мероприятий: {len(plan.measures)}, с вопросами: {len(doubts)}, заданий роздано: {roadmap.assignments.count()}"
        )

    def refuse(self, sentence: str) -> None:
        """One sentence and exit code 2."""
        self.stderr.write(sentence)
        sys.exit(2)
