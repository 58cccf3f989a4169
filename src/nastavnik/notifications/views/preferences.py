"""Which mail a person wants: on a page of the own account, or by one click in a letter without a log-in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from nastavnik.accounts.models import User
from nastavnik.core.access import SIGNED_IN, command, page, public
from nastavnik.core.htmx import go_to, render_page
from nastavnik.notifications.actions import accept_mail, refuse_mail
from nastavnik.notifications.enums import MailGroup
from nastavnik.notifications.opting_out import meant_by
from nastavnik.notifications.queries import refused_groups


@page(SIGNED_IN)
def preferences(request: HttpRequest) -> HttpResponse:
    """The groups of mail, each on or off; also a panel of the own account's page."""
    refused = refused_groups(request.user)
    groups = [(group, group in refused) for group in MailGroup]
    return render_page(request, "notifications/preferences.html", {"groups": groups}, partial="groups")


@command(SIGNED_IN)
def set_preference(request: HttpRequest) -> HttpResponse:
    """Turn one group on (`on=1`) or off."""
    if request.POST.get("group") not in MailGroup.values:
        raise Http404
    group, user = MailGroup(request.POST["group"]), request.user
    if request.POST.get("on"):
        accept_mail(user, group, by=user)
        messages.success(request, _("Письма снова будут приходить."))
    else:
        refuse_mail(user, group, by=user)
        messages.success(request, _("Таких писем больше не будет. Сообщения можно читать в системе."))
    return go_to(request, "notifications:preferences")


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opt_out(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the address in a letter: it asks, and a POST refuses. Mail programs send that POST by themselves, without a
    cookie, so there is no CSRF token to check: the signed address says who it is and can do nothing else."""
    meant = meant_by(token)
    if meant is None:
        raise Http404
    user, group = get_object_or_404(User, pk=meant[0]), meant[1]
    if request.method == "POST":
        refuse_mail(user, group, by=user)
    done = group in refused_groups(user)
    return render(request, "notifications/opt_out.html", {"group": group, "done": done, "token": token})
