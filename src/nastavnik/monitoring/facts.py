"""Facts that monitoring adds to those of the apps below."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import AssignmentState, RoadmapState
from nastavnik.roadmap.facts import Answers, Ask, Fact, FactAnswer, register_fact
from nastavnik.roadmap.models import Assignment
from nastavnik.roadmap.models.assignments import OPEN


def measures_on_time(asks: Sequence[Ask]) -> Answers:
    """Is nothing late that was due in the period? Two queries for all organisations."""
    places = [ask.organisation_id for ask in asks]
    start, end = asks[0].start, asks[0].end
    today = timezone.localdate()
    rows = Assignment.objects.filter(
        organisation__in=places, roadmap__state=RoadmapState.ACTIVE, due_on__gte=start, due_on__lte=end
    )
    due = rows.filter(due_on__lt=today).exclude(state=AssignmentState.NOT_APPLICABLE)
    counts = {
        row["organisation_id"]: row
        for row in due.order_by().values("organisation_id").annotate(
            total=Count("pk"), done=Count("pk", filter=Q(state=AssignmentState.DONE)), late=Count("pk", filter=OPEN)
        )
    }  # fmt: skip
    slugs = dict(Organisation.objects.filter(pk__in=counts).values_list("pk", "slug"))
    return {ask: answer_of(counts.get(ask.organisation_id), slugs.get(ask.organisation_id, "")) for ask in asks}


def answer_of(row: dict[str, int] | None, slug: str) -> FactAnswer:
    """«выполнено 7 из 9, просрочено 2»."""
    if row is None:
        return FactAnswer(holds=True, words=_("Сроков в этом периоде ещё не было."))
    url = f"{reverse('roadmap:assignment_list')}?{urlencode({'organisation': slug, 'state': 'late'})}"
    words = _("Выполнено %(done)s из %(total)s, просрочено %(late)s.") % row
    return FactAnswer(holds=row["late"] == 0, done=row["done"], total=row["total"], words=words, url=url)


register_fact(
    Fact(
        "measures_on_time", gettext_lazy("Мероприятия выполняются в срок?"), measures_on_time, (OrganisationKind.SCHOOL,),
        of_calendar=True, once_a_day=True, name=gettext_lazy("Всё в срок"),
    )
)  # fmt: skip
