"""One's own second factor, who must have one, and taking it off somebody below."""

from uuid import UUID

import pyotp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from nastavnik.accounts.actions.factors import (
    begin_factor,
    confirm_factor,
    demand_factor,
    new_recovery_codes,
    reset_factor,
    switch_off_factor,
)
from nastavnik.accounts.actions.logins import too_many
from nastavnik.accounts.actions.throttling import FACTOR_OF_ACCOUNT, PASSWORD_OF_ACCOUNT, Limit, forget_tries, is_over, minutes_left
from nastavnik.accounts.forms.access import DemandForm, FactorCodeForm, FactorOffForm, PresentPasswordForm
from nastavnik.accounts.forms.people import ReasonForm
from nastavnik.accounts.middleware import must_have_factor
from nastavnik.accounts.models import RecoveryCode, SecondFactor
from nastavnik.accounts.queries import factors_by_role
from nastavnik.accounts.sealed import unseal
from nastavnik.accounts.views.staff import load
from nastavnik.core.access import SIGNED_IN, command, page
from nastavnik.core.errors import Refusal
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to

ISSUER = "Nastavnik"


@page(SIGNED_IN)
def factor(request: HttpRequest) -> HttpResponse:
    """What it is, whether it is on, and the forms for either case."""
    return show(request)


def show(request: HttpRequest, status: int = 200, **forms: object) -> HttpResponse:
    """The page, with a form that was refused in the place of an empty one."""
    row = SecondFactor.objects.filter(user=request.user, confirmed_at__isnull=False).first()
    context = {
        "row": row,
        "demanded": must_have_factor(request.user),
        "left": RecoveryCode.objects.filter(user=request.user, used_at=None).count() if row else 0,
        "begin_form": PresentPasswordForm(user=request.user),
        "off_form": FactorOffForm(user=request.user, auto_id="off_%s"),
        "codes_form": FactorCodeForm(auto_id="codes_%s"),
        **forms,
    }
    return render(request, "accounts/factor.html", context, status=status)


@command(SIGNED_IN)
@sensitive_post_parameters()
def begin(request: HttpRequest) -> HttpResponse:
    """Offer a secret, after the password: else whoever finds an open screen ties the account to another phone."""
    throttle(request, PASSWORD_OF_ACCOUNT)
    form = PresentPasswordForm(request.POST, user=request.user)
    if not form.is_valid() or not accepted(form, lambda: begin_factor(request.user)):
        return show(request, status=422, begin_form=form)
    return redirect("accounts:factor_set_up")


@page(SIGNED_IN)
@never_cache
def set_up(request: HttpRequest) -> HttpResponse:
    """The code for the camera, the key for the hand, the form for the first code."""
    return show_set_up(request, FactorCodeForm())


def show_set_up(request: HttpRequest, form: FactorCodeForm, status: int = 200) -> HttpResponse:
    """Only while a factor is offered and not yet confirmed: later the secret is never shown again."""
    row = SecondFactor.objects.filter(user=request.user, confirmed_at=None).first()
    if row is None:
        return redirect("accounts:factor")
    secret = unseal(row.sealed_secret, str(request.user.pk))
    address = pyotp.TOTP(secret).provisioning_uri(name=request.user.username, issuer_name=ISSUER)
    return render(request, "accounts/factor_set_up.html", {"form": form, "secret": secret, "address": address}, status=status)


@command(SIGNED_IN)
@never_cache
@sensitive_post_parameters()
def confirm(request: HttpRequest) -> HttpResponse:
    """Switch it on and show the recovery codes this once."""
    throttle(request, FACTOR_OF_ACCOUNT)
    form, codes = FactorCodeForm(request.POST), []
    session = request.user_session
    if not form.is_valid() or not accepted(
        form, lambda: codes.extend(confirm_factor(request.user, form.cleaned_data["code"], but=session)), field="code"
    ):
        return show_set_up(request, form, status=422)
    forget_tries(FACTOR_OF_ACCOUNT, str(request.user.pk))
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


@command(SIGNED_IN)
@never_cache
@sensitive_post_parameters()
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes."""
    throttle(request, FACTOR_OF_ACCOUNT)
    form, codes = FactorCodeForm(request.POST, auto_id="codes_%s"), []
    if not form.is_valid() or not accepted(
        form, lambda: codes.extend(new_recovery_codes(request.user, form.cleaned_data["code"])), field="code"
    ):
        return show(request, status=422, codes_form=form)
    forget_tries(FACTOR_OF_ACCOUNT, str(request.user.pk))
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


@command(SIGNED_IN)
@sensitive_post_parameters()
def switch_off(request: HttpRequest) -> HttpResponse:
    """Off, by password and code."""
    throttle(request, FACTOR_OF_ACCOUNT)
    form = FactorOffForm(request.POST, user=request.user, auto_id="off_%s")
    if not form.is_valid() or not accepted(form, lambda: switch_off_factor(request.user, form.cleaned_data["code"]), field="code"):
        return show(request, status=422, off_form=form)
    forget_tries(FACTOR_OF_ACCOUNT, str(request.user.pk))
    messages.success(request, _("Второй фактор выключен."))
    return redirect("accounts:factor")


def throttle(request: HttpRequest, limit: Limit) -> None:
    """Refuse somebody who tries too often."""
    if is_over(limit, str(request.user.pk)):
        raise Refusal(too_many(minutes_left(limit)))


@command("accounts.reset_factor")
def reset(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the factor off somebody below who has lost phone and codes."""
    person, form = load(request, pk), ReasonForm(request.POST)
    if form.is_valid():
        reset_factor(person, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Второй фактор снят. Человек получил сообщение."))
    else:
        messages.error(request, _("Напишите причину."))
    return go_to(request, "accounts:staff_detail", person.pk)


@page("accounts.demand_factor")
def demands(request: HttpRequest) -> HttpResponse:
    """Which roles must have a second factor, since when, and how many have it."""
    return render(request, "accounts/demands.html", {"rows": factors_by_role(request.user)})


@command("accounts.demand_factor")
def demand(request: HttpRequest) -> HttpResponse:
    """Set or take back the day of one role, in the organisation for which the person acts."""
    form = DemandForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Напишите день, с которого второй фактор обязателен, или оставьте пустым."))
    demand_factor(request.user.appointment.organisation, **form.cleaned_data, by=request.user)
    messages.success(request, _("Сохранено."))
    return go_to(request, "accounts:demands")
