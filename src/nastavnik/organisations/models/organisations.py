"""The tree of organisations has fixed levels: region > municipality > school; partners hang on a municipality.

Every organisation carries its region and its municipality as columns (a region is its own region, a municipality its
own municipality), so a branch is one indexed equality and needs no recursion. An organisation is never deleted: it
closes or merges on a day, and its history stays.
"""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.core.models import RegionalModel, SharedModel
from nastavnik.core.text import search_form, sort_form
from nastavnik.documents.models import StoredFile
from nastavnik.organisations.enums import OrganisationKind

BRANCH_COLUMN = {
    OrganisationKind.REGION: "region",
    OrganisationKind.MUNICIPALITY: "municipality",
    OrganisationKind.SCHOOL: "id",
    OrganisationKind.PARTNER: "id",
}
SEARCH_COLUMNS = ("search_text", "sort_key")


def branch(user: Any, path: str = "") -> Q:
    """Condition «stands in the branch of the user's present appointment» on the organisation at `path`.

    `path` is the lookup from the filtered model to the organisation, "" for Organisation itself. Without an
    appointment nothing is visible.
    """
    appointment = user.appointment
    if appointment is None:
        return Q(pk__in=[])
    column = BRANCH_COLUMN[appointment.organisation.kind]
    return Q(**{f"{path}__{column}" if path else column: appointment.organisation_id})


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: Any) -> "OrganisationQuerySet":
        """The user's own branch."""
        return self.filter(branch(user))

    def below(self, owner: "Organisation") -> "OrganisationQuerySet":
        """The branch of an organisation without itself; nothing below a school or a partner."""
        return self.filter(**{BRANCH_COLUMN[OrganisationKind(owner.kind)]: owner.pk}).exclude(pk=owner.pk)

    def schools(self) -> "OrganisationQuerySet":
        """Schools only."""
        return self.filter(kind=OrganisationKind.SCHOOL)

    def not_closed(self, on: date) -> "OrganisationQuerySet":
        """Open on that day or about to open."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on))

    def active(self, on: date) -> "OrganisationQuerySet":
        """Open on that day."""
        return self.filter(Q(opened_on=None) | Q(opened_on__lte=on), Q(closed_on=None) | Q(closed_on__gt=on))


class Organisation(SharedModel):
    kind = models.CharField(_("Вид"), max_length=16, choices=OrganisationKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    region = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Краткое название"), max_length=120)
    full_name = models.CharField(_("Полное название"), max_length=300, blank=True)
    full_name_genitive = models.CharField(_("Полное название в родительном падеже"), max_length=300, blank=True)
    full_name_dative = models.CharField(_("Полное название в дательном падеже"), max_length=300, blank=True)
    full_name_prepositional = models.CharField(_("Полное название в предложном падеже"), max_length=300, blank=True)
    head_post = models.CharField(_("Должность руководителя"), max_length=120, blank=True)
    head_name = models.CharField(_("Руководитель"), max_length=160, blank=True)
    head_name_genitive = models.CharField(_("Руководитель в родительном падеже"), max_length=160, blank=True)
    head_name_dative = models.CharField(_("Руководитель в дательном падеже"), max_length=160, blank=True)
    address = models.CharField(_("Адрес"), max_length=300, blank=True)
    website = models.URLField(_("Сайт"), blank=True)
    email = models.EmailField(_("Почта"), blank=True)
    phone = models.CharField(_("Телефон"), max_length=60, blank=True)
    tax_number = models.CharField(_("ИНН"), max_length=12, blank=True)
    opened_on = models.DateField(_("Открыта"), null=True, blank=True)
    closed_on = models.DateField(_("Закрыта"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    search_text = models.CharField(max_length=600, editable=False)
    sort_key = models.CharField(max_length=200, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "-kind", "sort_key", "id"], name="organisations_in_municipality"),
            models.Index(fields=["region", "kind", "sort_key", "id"], name="organisations_in_region"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="closed_after_opened"
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(closed_on__isnull=False), name="only_a_closed_organisation_has_a_successor"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        """Fill the columns that search and order use."""
        self.fill_search_columns()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *SEARCH_COLUMNS}
        super().save(**kwargs)

    def fill_search_columns(self) -> None:
        """What `save` does before it writes; bulk writes call it themselves."""
        self.search_text = search_form(self.name, self.full_name, self.tax_number)[:600]
        self.sort_key = sort_form(self.name)

    def is_closed(self, on: date) -> bool:
        """Closed on that day or before."""
        return self.closed_on is not None and self.closed_on <= on

    def is_active(self, on: date) -> bool:
        """Open on that day."""
        return (self.opened_on is None or self.opened_on <= on) and (self.closed_on is None or self.closed_on > on)


class SchoolListDraft(RegionalModel):
    """A school list that was read and waits to be accepted: its lines (`imports.rows.Row`) and the headings of each
    sheet as [sheet, [heading, …]]. Only the person who uploaded it sees it; `tasks` forgets it after a month."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source_name = models.CharField(max_length=200)
    rows = models.JSONField()
    headings = models.JSONField(default=list)
    accepted_at = models.DateTimeField(null=True)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)


class SchoolListApprovalQuerySet(models.QuerySet["SchoolListApproval"]):
    def visible_to(self, user: Any) -> "SchoolListApprovalQuerySet":
        """Approved lists of the user's branch; a school or partner sees the one of its municipality."""
        place = user.appointment.organisation if user.appointment else None
        if place is not None and place.municipality_id:
            return self.filter(municipality_id=place.municipality_id)
        return self.filter(branch(user, "municipality"))

    def in_force(self) -> "SchoolListApprovalQuerySet":
        """The last list of each municipality and school year."""
        return self.filter(replaced=False)


class SchoolListApproval(RegionalModel):
    """The list of schools that take part in a school year (`year` is the one in which it begins), approved by an act of the
    municipality. A later act replaces it; the earlier one stays readable."""

    municipality = models.ForeignKey(Organisation, models.PROTECT, related_name="school_lists")
    year = models.PositiveSmallIntegerField()
    number = models.CharField(_("Номер приказа"), max_length=60)
    approved_on = models.DateField(_("Дата приказа"))
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    replaced = models.BooleanField(default=False)
    approved_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SchoolListApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year"], condition=Q(replaced=False), name="one_school_list_in_force")
        ]


class ListedSchool(RegionalModel):
    """A school on an approved list."""

    approval = models.ForeignKey(SchoolListApproval, models.CASCADE, related_name="lines")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["approval", "school"], name="a_school_stands_once_on_a_list")]
