"""«Перенести на следующий год»: the old beside the new days, then the new plan."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.errors import Refusal
from nastavnik.core.htmx import go_to, render_page
from nastavnik.roadmap.actions.rolling import roll_over
from nastavnik.roadmap.models import Roadmap
from nastavnik.roadmap.queries.rolling import EVERYTHING, MOST_SHOWN, NOT_DONE, REQUIRED, Rolling, rolling_of, years_to_roll
from nastavnik.roadmap.views.leading import load_led

LEAD = "roadmap.lead_roadmap"
LONGEST_TITLE, LONGEST_WORDS = 1000, 300


@page(LEAD)
def roll_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan as it would be; `?years=` and `?which=` change what is shown, nothing is created."""
    roadmap = load_led(request, pk)
    years, which = choices_of(roadmap, request.GET)
    return show(request, rolling_of(roadmap, years=years, which=which), which)


def choices_of(roadmap: Roadmap, query: object) -> tuple[int, str]:
    """Years on and what comes along; anything else counts as the first choice."""
    asked = {name: query.get(name, "") for name in ("years", "which")}  # type: ignore[attr-defined]
    known = {str(years): years for years, _words in years_to_roll(roadmap)}
    which = asked["which"] if asked["which"] in (EVERYTHING, NOT_DONE, REQUIRED) else EVERYTHING
    return known.get(asked["years"], next(iter(known.values()))), which


def show(request: HttpRequest, rolling: Rolling, which: str, trouble: str = "") -> HttpResponse:
    """The preview with what was typed."""
    kinds = [
        (EVERYTHING, _("все мероприятия")), (NOT_DONE, _("только несделанные")), (REQUIRED, _("без тех, что не требуются"))
    ]  # fmt: skip
    context = {
        "rolling": rolling, "roadmap": rolling.roadmap, "which": which, "kinds": kinds, "trouble": trouble, "most": MOST_SHOWN,
        "years": years_to_roll(rolling.roadmap), "made": list(rolled(rolling.roadmap)),
        "shown": {line.measure.pk for line in rolling.lines[:MOST_SHOWN]},
    }  # fmt: skip
    return render_page(request, "roadmap/roll_form.html", context, partial="lines", status=422 if trouble else 200)


def rolled(roadmap: Roadmap) -> list[Roadmap]:
    """Plans that were made of this one before."""
    return list(Roadmap.objects.active().filter(rolled_from=roadmap).order_by("starts_on")[:3])


@command(LEAD)
def roll(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Create the plan of the later year."""
    roadmap, typed = load_led(request, pk), request.POST
    years, which = choices_of(roadmap, typed)
    words = {key.removeprefix("words_"): value[:LONGEST_WORDS] for key, value in typed.items() if key.startswith("words_")}
    rolling = rolling_of(
        roadmap, years=years, which=which, chosen=set(typed.getlist("take")), shown=set(typed.getlist("shown")), words=words,
        title=typed.get("title", "").strip()[:LONGEST_TITLE],
    )  # fmt: skip
    try:
        made = roll_over(rolling, by=request.user)
    except Refusal as refusal:
        return show(request, rolling, which, trouble=str(refusal))
    messages.success(request, _("Карта на следующий год создана как проект. Проверьте её и отдайте на утверждение."))
    return go_to(request, "roadmap:roadmap_detail", made.pk)
