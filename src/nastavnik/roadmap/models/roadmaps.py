"""The plan itself."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel
from nastavnik.core.text import search_form
from nastavnik.documents.models import StoredFile
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation, branch
from nastavnik.roadmap.enums import FactRule, Purpose, RoadmapState, Stage
from nastavnik.roadmap.models.deadlines import DeadlineColumns
from nastavnik.roadmap.rules import line_digest
from planreader.model import Role, Scope


def plan_reach(user: Any, path: str = "organisation") -> Q:
    """Plans of the user's branch, and for a school or partner also the plan of its municipality: it has to carry it out.
    A model roadmap reaches the schools when it is published."""
    reach, plan = branch(user, path), path.removesuffix("organisation")
    place = getattr(user.appointment, "organisation", None)
    if place is not None and place.kind in (OrganisationKind.SCHOOL, OrganisationKind.PARTNER) and place.municipality_id:
        known = ~Q(**{f"{plan}purpose": Purpose.MODEL}) | Q(**{f"{plan}published_at__isnull": False})
        reach |= Q(**{path: place.municipality_id}) & known
    return reach


class RoadmapQuerySet(models.QuerySet["Roadmap"]):
    def visible_to(self, user: Any) -> "RoadmapQuerySet":
        """Plans that the user may read."""
        return self.filter(plan_reach(user))

    def led_by(self, user: Any) -> "RoadmapQuerySet":
        """Plans of the organisation in which the user is appointed now: only these may be changed."""
        place = user.appointment.organisation_id if user.appointment else None
        return self.filter(organisation_id=place)

    def active(self) -> "RoadmapQuerySet":
        """Not put away."""
        return self.filter(state=RoadmapState.ACTIVE)

    def working(self) -> "RoadmapQuerySet":
        """Not put away, and carried out: models are not."""
        return self.active().filter(purpose=Purpose.WORK)

    def binding(self) -> "RoadmapQuerySet":
        """At work and no mere draft that came from above: nobody is late with what the own head has not signed."""
        return self.working().exclude(model__isnull=False, stage__in=(Stage.DRAFT, Stage.RETURNED))

    def models(self) -> "RoadmapQuerySet":
        """Model roadmaps, of which others get copies."""
        return self.filter(purpose=Purpose.MODEL)

    def without_others_own(self, user: Any) -> "RoadmapQuerySet":
        """Leave out plans that schools of the branch have for themselves: a department looks at its own one."""
        place = user.appointment.organisation_id if user.appointment else None
        return self.filter(~Q(organisation__kind=OrganisationKind.SCHOOL) | Q(organisation_id=place))


class Roadmap(RegionalModel):
    """`stage` is how far the paper has come, `stage_due_on` by when its next step is due. `model` is the model roadmap that
    this one is a copy of, `model_edition` the edition of it that has reached the copy, `rolled_from` the plan of the year
    before."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roadmaps")
    title = models.TextField(_("Название"))
    starts_on = models.DateField(_("Начало"), null=True)
    ends_on = models.DateField(_("Конец"), null=True)
    approved_post = models.CharField(_("Утвердил: должность"), max_length=300, blank=True)
    approved_name = models.CharField(_("Утвердил: имя"), max_length=160, blank=True)
    approved_on = models.DateField(_("Дата утверждения"), null=True)
    approved_number = models.CharField(_("Номер приказа"), max_length=60, blank=True)
    approved_protocol = models.CharField(_("Протокол"), max_length=120, blank=True)
    approval_scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.DRAFT)
    stage_due_on = models.DateField(null=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.WORK)
    model = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    model_edition = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    rolled_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=RoadmapState.choices, default=RoadmapState.ACTIVE)
    source_name = models.CharField(max_length=200, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = RoadmapQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source_digest"],
                condition=~Q(source_digest="") & Q(state="active"),
                name="one_active_roadmap_per_plan",
            ),
            models.UniqueConstraint(fields=["model", "organisation"], condition=Q(model__isnull=False), name="one_copy_per_model"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="roadmap_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "-created_at"], name="roadmap_of_organisation")]

    def __str__(self) -> str:
        return self.title

    def standing_measures(self) -> "MeasureQuerySet":
        """The lines of the plan; without those that it has given up, when it is a model."""
        rows = Measure.objects.filter(roadmap=self)
        return rows.filter(withdrawn_on=None) if self.purpose == Purpose.MODEL else rows


class Section(DeadlineColumns, RegionalModel):
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField()
    number = models.CharField(_("Номер"), max_length=20, blank=True)
    title = models.TextField(_("Название раздела"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roadmap", "position"], name="one_section_per_position")]


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: Any) -> "MeasureQuerySet":
        """Measures of plans that the user may read."""
        return self.filter(plan_reach(user, "roadmap__organisation"))


class Measure(DeadlineColumns, RegionalModel):
    """`origin` is the line of the model that this one was copied from, `origin_digest` that line as it was last taken over
    (`rules.line_digest`): a local change is a line whose own `digest` differs from it. Of a model's own line `origin_digest`
    is the line as it was last sent. `withdrawn_on` is the day on which the model gave up the line."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="measures")
    section = models.ForeignKey(Section, models.CASCADE, related_name="measures")
    position = models.PositiveIntegerField()
    number = models.CharField(_("Номер"), max_length=20, blank=True)
    text = models.TextField(_("Мероприятие"))
    result = models.TextField(_("Результат"), blank=True)
    warnings = models.JSONField(default=list)
    template_code = models.CharField(max_length=40, blank=True)
    fact_rule = models.CharField(max_length=4, choices=FactRule.choices, default=FactRule.ALL)
    origin = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    origin_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    withdrawn_on = models.DateField(null=True)
    search_text = models.TextField(editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roadmap", "position"], name="one_measure_per_position")]
        indexes = [models.Index(fields=["section", "position"], name="measure_of_section")]

    def save(self, **kwargs: Any) -> None:
        """Fill the search column, and the digest of a line that is compared with another."""
        self.search_text = search_form(self.number, self.text)
        if self.origin_digest:
            self.digest = self.present_digest()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text", "digest"}
        super().save(**kwargs)

    def present_digest(self) -> str:
        """The digest of the line with its parties as they are stored."""
        parties = [party.text for party in self.parties.order_by("position")]
        return line_digest(self.text, self.deadline_text, parties, self.result)


class ResponsibleParty(RegionalModel):
    """Who must act, as printed and as understood. `organisation` is set by a person where the paper names a partner."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])
    scope = models.CharField(max_length=16, choices=[(scope.value, scope.value) for scope in Scope])
    name = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "position"], name="one_party_per_position")]
