"""A model roadmap goes down: every organisation below gets a copy of its own to adapt. Safe to repeat."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.jobs.actions import enqueue
from nastavnik.jobs.models import Job
from nastavnik.notifications.actions import send_message
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.carrying import carry_bonds, origins_in_model
from nastavnik.roadmap.actions.facts import follow_facts
from nastavnik.roadmap.actions.fanout import create_assignments, organisations_below, wanted
from nastavnik.roadmap.actions.plans import new_measure, party_rows
from nastavnik.roadmap.actions.reminders import people_of
from nastavnik.roadmap.enums import Purpose, RoadmapState
from nastavnik.roadmap.models import Assignment, Measure, ModelEdition, ResponsibleParty, Roadmap, Section
from nastavnik.roadmap.queries.editions import last_edition, lines_of, value_of, waiting_receivers

AT_ONCE = 40


@transaction.atomic
def publish_model(model: Roadmap, *, chosen: Sequence[int] | None, text: str, by: Any) -> Job:
    """Have copies given to the chosen organisations (None: all) that have none; `text` is the message that goes with them.

    The first time the lines as they stand become the first edition; later copies are of the edition that was sent last, so
    that nobody gets what others have not been told of.
    """
    model = lock_model(model)
    edition = last_edition(model) or add_edition(model, lines_of(model), by=by)
    waiting = waiting_receivers(model)
    places = list((waiting if chosen is None else waiting.filter(pk__in=chosen)).order_by("sort_key", "pk"))
    if not places:
        raise Refusal(_("Отправлять некому: у выбранных организаций типовая карта уже есть."))
    if model.published_at is None:
        model.published_at = timezone.now()
        model.save(update_fields=["published_at"])
    trail.record(
        "roadmap.model_published", model, by=by, organisation=model.organisation,
        after={"organisations": len(places), "measures": len(edition.lines)},
    )  # fmt: skip
    return enqueue(
        "roadmap.publish_model", key=key_of(model, places), title=_("Рассылка типовой карты"), by=by,
        result_url=reverse("roadmap:copy_list", kwargs={"pk": model.pk}),
        model_id=str(model.pk), organisations=[place.pk for place in places], text=text, user_id=str(by.pk) if by else "",
    )  # fmt: skip


def key_of(model: Roadmap, places: Sequence[Organisation]) -> str:
    """The same receivers twice are one job, others are another."""
    return f"publish {model.pk} {hashlib.sha256(repr([place.pk for place in places]).encode()).hexdigest()[:16]}"


def lock_model(model: Roadmap) -> Roadmap:
    """The row, locked and fresh; Refusal for what cannot go down."""
    fresh = Roadmap.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=model.pk)
    if fresh.purpose != Purpose.MODEL or fresh.state != RoadmapState.ACTIVE:
        raise Refusal(_("Эта карта в архиве или не типовая, разослать её нельзя."))
    if not fresh.measures.filter(withdrawn_on=None).exists():
        raise Refusal(_("В типовой карте нет мероприятий. Добавьте хотя бы одно."))
    return fresh


def add_edition(model: Roadmap, lines: list[dict[str, Any]], *, by: Any) -> ModelEdition:
    """Keep the lines as sent; the model's rows remember that they are."""
    last = last_edition(model)
    digests = {line["key"]: line["digest"] for line in lines}
    rows = list(model.measures.filter(withdrawn_on=None))
    for row in rows:
        row.digest = row.origin_digest = digests[str(row.pk)]
    Measure.objects.bulk_update(rows, ["digest", "origin_digest"], batch_size=200)
    return ModelEdition.objects.create(
        region_id=model.region_id, roadmap=model, number=last.number + 1 if last else 1, lines=lines, sent_by=by
    )


def give_copies(model: Roadmap, ids: Sequence[int], *, text: str, by: Any, progress: Any = None) -> int:
    """Give copies in batches, each in its own transaction; who has one already is passed over. Returns how many were given."""
    given = 0
    for start in range(0, len(ids), AT_ONCE):
        places = list(Organisation.objects.filter(pk__in=ids[start : start + AT_ONCE]).order_by("sort_key", "pk"))
        given += give_batch(model, places, text=text, by=by)
        if progress:
            progress(min(start + AT_ONCE, len(ids)), len(ids))
    return given


@transaction.atomic
def give_batch(model: Roadmap, places: list[Organisation], *, text: str, by: Any) -> int:
    """Copies of the last edition for these organisations, with their assignments and a message to their people."""
    lock_model(model)
    edition = last_edition(model)
    if edition is None:
        return 0
    have = set(Roadmap.objects.filter(model=model, organisation__in=places).values_list("organisation_id", flat=True))
    copies = [copy_of(model, edition, place, by) for place in places if place.pk not in have]
    Roadmap.objects.bulk_create(copies)
    store_lines(copies, edition)
    hand_out(copies)
    trail.record_many(
        trail.build_change(
            "roadmap.copy_received", one, by=by, organisation=one.organisation,
            after={"title": one.title, "measures": len(edition.lines)},
        )
        for one in copies
    )  # fmt: skip
    tell(copies, subject=_("Пришла типовая дорожная карта"), text=text, by=by)
    return len(copies)


def copy_of(model: Roadmap, edition: ModelEdition, place: Organisation, by: Any) -> Roadmap:
    """An unsaved copy."""
    return Roadmap(
        region_id=place.region_id or 0, organisation=place, title=title_of_copy(model.title), starts_on=model.starts_on,
        ends_on=model.ends_on, created_by=by, model=model, model_edition=edition.number,
        source_name=(_("Типовая карта: %(name)s") % {"name": model.organisation.name})[:200],
    )  # fmt: skip


def title_of_copy(title: str) -> str:
    """«Дорожная карта школы» of «Типовая дорожная карта школы»."""
    first, _space, rest = title.partition(" ")
    return rest[:1].upper() + rest[1:] if rest and first.casefold() == "типовая" else title


def store_lines(copies: Sequence[Roadmap], edition: ModelEdition) -> None:
    """Sections, measures and parties of all copies in three statements (and their batches), then the facts and the order that
    the model's lines have."""
    values = [(line, value_of(line)) for line in edition.lines]
    sections, measures, parties = [], [], []
    for copy in copies:
        heads: dict[str, Section] = {}
        for position, (line, value) in enumerate(values):
            head = line["section"]
            section = heads.setdefault(head["key"], Section(
                region_id=copy.region_id, roadmap=copy, position=len(heads), number=head["number"], title=head["title"]
            ))  # fmt: skip
            row = new_measure(copy, section, position, value.number, value.text, value.deadline, value.result)
            bind(row, line)
            measures.append(row)
            parties += party_rows(row, value.parties)
        sections += heads.values()
    Section.objects.bulk_create(sections, batch_size=500)
    Measure.objects.bulk_create(measures, batch_size=500)
    ResponsibleParty.objects.bulk_create(parties, batch_size=1000)
    carry_bonds(measures, origins_in_model(measures))


def bind(row: Measure, line: dict[str, Any]) -> None:
    """Tie a copy's line to the model's line whose words it has."""
    row.origin_id, row.template_code = line["key"], line["code"]
    row.origin_digest = row.digest = line["digest"]


def hand_out(copies: Sequence[Roadmap]) -> None:
    """Assignments of the copies: a school's fall to the school, a municipality's to its schools as well."""
    places = {copy.pk: organisations_below(copy.organisation) for copy in copies if copy.organisation.kind != "school"}
    rows = Measure.objects.filter(roadmap__in=copies).select_related("roadmap__organisation").prefetch_related("parties")
    create_assignments(one for row in rows for one in wanted(row, row.roadmap, places.get(row.roadmap_id, [])))
    follow_facts(Assignment.objects.filter(roadmap__in=copies, measure__facts__isnull=False).distinct(), quietly=True)


def tell(copies: Sequence[Roadmap], *, subject: str, text: str, by: Any) -> None:
    """One message to the people of each organisation, leading to its own copy."""
    if not text:
        return
    people = people_of([copy.organisation for copy in copies])
    for copy in copies:
        if copy.organisation_id in people:
            send_message(
                people[copy.organisation_id], kind="roadmap.model_received", subject=subject, body=text, by=by,
                url=reverse("roadmap:roadmap_detail", kwargs={"pk": copy.pk}),
                organisation_id=by.appointment.organisation_id if by and by.appointment else None,
            )  # fmt: skip


def publishing_text(model: Roadmap) -> str:
    """The message that a person may change before it goes."""
    return _("Пришла дорожная карта «%(title)s», отправитель: %(name)s. Приспособьте её к себе и отдайте на подпись.") % {
        "title": model.title, "name": model.organisation.name,
    }  # fmt: skip


def models_above(organisations: Sequence[Organisation]) -> Iterator[tuple[Roadmap, list[int]]]:
    """Published models whose copies these organisations should have, with the ones that have none."""
    ids, today = [one.pk for one in organisations], timezone.localdate()
    owners = {pk for one in organisations for pk in (one.municipality_id, one.region_id)}
    models = Roadmap.objects.active().models().filter(organisation__in=owners, published_at__isnull=False)
    for model in models.exclude(ends_on__lt=today).select_related("organisation"):
        waiting = list(waiting_receivers(model).filter(pk__in=ids).values_list("pk", flat=True))
        if waiting:
            yield model, waiting


@transaction.atomic
def queue_copies(organisations: Sequence[Organisation], *, by: Any) -> None:
    """Organisations that open later get the published models by themselves, in the background."""
    for model, waiting in models_above(organisations):
        enqueue(
            "roadmap.publish_model", title=_("Типовая карта для новых организаций"), by=by, model_id=str(model.pk),
            organisations=waiting, text=publishing_text(model), user_id=str(by.pk) if by else "",
        )  # fmt: skip
