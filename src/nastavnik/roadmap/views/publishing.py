"""A model goes down, and its later changes: previewed first, then done in the background."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import asked, go_to
from nastavnik.core.paging import keyset_page
from nastavnik.core.text import with_words
from nastavnik.jobs.models import Job
from nastavnik.roadmap.actions.publishing import publish_model, publishing_text
from nastavnik.roadmap.actions.sending import send_changes
from nastavnik.roadmap.forms.cascade import PublishForm, SendForm
from nastavnik.roadmap.models import Roadmap
from nastavnik.roadmap.queries.cascade import effects_of, model_bar, summary_of
from nastavnik.roadmap.queries.editions import waiting_receivers
from nastavnik.roadmap.views.models import PUBLISH, load_own_model

ORDER = ["sort_key", "pk"]


@page(PUBLISH)
def publish_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many get it, who has it already, and the message."""
    model = load_own_model(request, pk)
    return show_publish(request, model, PublishForm(initial={"text": publishing_text(model)}))


def show_publish(request: HttpRequest, model: Roadmap, form: PublishForm) -> HttpResponse:
    """The preview; the list of those without a copy is searched and paged."""
    waiting = with_words(waiting_receivers(model), request.GET.get("q", ""), "search_text")
    context = {
        "model": model, "form": form, "bar": model_bar(model), "query": asked(request),
        "page": keyset_page(waiting, ORDER, request), "ticked": set(request.POST.getlist("place")),
        "measures": model.measures.filter(withdrawn_on=None).count(),
        "past": model.measures.filter(withdrawn_on=None, ends_on__lt=timezone.localdate()).count(),
    }  # fmt: skip
    return render(request, "roadmap/publish_form.html", context, status=422 if form.errors else 200)


@command(PUBLISH)
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Queue the copies and show how far they are."""
    model, form, jobs = load_own_model(request, pk), PublishForm(request.POST), list[Job]()
    if not form.is_valid() or not accepted(form, lambda: jobs.append(publish_model(
        model, chosen=form.cleaned_data["chosen"], text=form.cleaned_data["text"], by=request.user
    ))):  # fmt: skip
        return show_publish(request, model, form)
    return go_to(request, "jobs:job_detail", jobs[0].pk)


@page(PUBLISH)
def changes_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What has changed since it was sent, and what each change would do."""
    model = load_own_model(request, pk)
    words = _("В типовой дорожной карте «%(title)s» появились изменения. Нетронутые строки обновились, остальное решаете вы.")
    return show_changes(request, model, SendForm(initial={"text": words % {"title": model.title}}))


def show_changes(request: HttpRequest, model: Roadmap, form: SendForm) -> HttpResponse:
    """The preview of the changes."""
    effects = effects_of(model)
    context = {"model": model, "form": form, "effects": effects, "summary": summary_of(effects), "bar": model_bar(model)}
    return render(request, "roadmap/changes_form.html", context, status=422 if form.errors else 200)


@command(PUBLISH)
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Queue the changes and show how far they are."""
    model, form, jobs = load_own_model(request, pk), SendForm(request.POST), list[Job]()
    if not form.is_valid() or not accepted(
        form, lambda: jobs.append(send_changes(model, text=form.cleaned_data["text"], by=request.user))
    ):
        return show_changes(request, model, form)
    return go_to(request, "jobs:job_detail", jobs[0].pk)
