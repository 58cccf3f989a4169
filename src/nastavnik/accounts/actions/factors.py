"""The second factor: offer, switch on, check, switch off, reset, recovery codes, and who must have one."""

from datetime import date

import pyotp
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.passwords import new_code
from nastavnik.accounts.actions.sessions import end_sessions
from nastavnik.accounts.models import FactorDemand, RecoveryCode, SecondFactor, User, UserSession
from nastavnik.accounts.rules import may_help, place_of, roles_to_demand
from nastavnik.accounts.sealed import SealBrokenError, seal, unseal
from nastavnik.accounts.signals import factor_changed
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.organisations.models import Organisation

STEP_SECONDS, DRIFT = 30, 1
RECOVERY_CODES = 10


@transaction.atomic
def begin_factor(user: User) -> None:
    """Offer a new secret. Until a code proves that the phone has it, nothing changes for the log-in."""
    factor = locked_factor(user)
    if factor is not None and factor.confirmed_at:
        raise Refusal(_("Второй фактор уже включён. Чтобы сменить телефон, сначала выключите его."))
    sealed = seal(pyotp.random_base32(), str(user.pk))
    SecondFactor.objects.update_or_create(
        user=user, defaults={"region_id": user.region_id, "sealed_secret": sealed, "made_at": timezone.now(), "last_step": 0}
    )


@transaction.atomic
def confirm_factor(user: User, code: str, *, but: UserSession | None) -> list[str]:
    """Switch it on by a first code. Returns the recovery codes, which are shown this once; all other sessions end."""
    factor = locked_factor(user)
    if factor is None or factor.confirmed_at:
        raise Refusal(_("Второй фактор уже включён или настройка не начата. Откройте страницу ещё раз."))
    if not use_time_code(factor, code):
        raise Refusal(_("Код не подошёл. Проверьте время на телефоне и наберите новый код из приложения."))
    SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=timezone.now())
    end_sessions(user, but=but)
    trail.record("accounts.factor_on", user, by=user, organisation=place_of(user))
    factor_changed.send(User, user=user, by=user, what="on", reason="")
    return renew_codes(user)


@transaction.atomic
def new_recovery_codes(user: User, code: str) -> list[str]:
    """Ten new codes; the old ones stop working. Needs a code from the phone."""
    factor = locked_factor(user)
    if factor is None or not factor.confirmed_at or not use_time_code(factor, code):
        raise Refusal(_("Код не подошёл. Наберите новый код из приложения."))
    trail.record("accounts.recovery_codes_renewed", user, by=user, organisation=place_of(user))
    return renew_codes(user)


def renew_codes(user: User) -> list[str]:
    """Replace the recovery codes of an account; part of other actions."""
    codes = [new_code() for _number in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(region_id=user.region_id, user=user, code_hash=recovery_hash(user, code)) for code in codes
    )
    return codes


@transaction.atomic
def switch_off_factor(user: User, code: str) -> None:
    """Off again, by a code from the phone or from paper; the password was checked before. Where it is demanded, the set-up page
    opens next: so a new phone takes the place of the old one."""
    if not use_any_code(user, code):
        raise Refusal(_("Код не подошёл. Наберите новый код из приложения или запасной код."))
    drop_factor(user)
    trail.record("accounts.factor_off", user, by=user, organisation=place_of(user))
    factor_changed.send(User, user=user, by=user, what="off", reason="")


@transaction.atomic
def reset_factor(user: User, *, reason: str, by: User) -> None:
    """A superior takes off the factor of somebody who lost the phone and the codes; all sessions end."""
    if not may_help(by, user):
        raise Refusal(_("Второй фактор этого человека снимает только его руководитель."))
    if not SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists():
        raise Refusal(_("Второй фактор у этого человека не включён."))
    drop_factor(user)
    end_sessions(user)
    trail.record("accounts.factor_reset", user, by=by, reason=reason, organisation=place_of(user))
    factor_changed.send(User, user=user, by=by, what="reset", reason=reason)


def drop_factor(user: User) -> None:
    """Secret and recovery codes go; part of other actions."""
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def locked_factor(user: User) -> SecondFactor | None:
    """The row, locked as long as the transaction lasts."""
    User.objects.select_for_update().get(pk=user.pk)
    return SecondFactor.objects.filter(user=user).first()


@transaction.atomic
def use_any_code(user: User, code: str) -> bool:
    """True once for a code of the phone and once for each recovery code; what was typed with spaces or small letters fits."""
    clean = "".join(letter for letter in code.upper() if letter.isalnum())
    factor = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        return False
    return use_time_code(factor, clean) if clean.isdecimal() else use_recovery_code(user, clean)


def use_time_code(factor: SecondFactor, code: str) -> bool:
    """True when the code is that of this half minute or its neighbours and later than the last one used. The step is taken by
    one conditional statement: of two uses at once one wins."""
    clean = "".join(letter for letter in code if letter.isdecimal())
    try:
        totp = pyotp.TOTP(unseal(factor.sealed_secret, str(factor.user_id)))
    except SealBrokenError as error:
        raise Refusal(_("Второй фактор не читается: сменился ключ сервера. Попросите руководителя снять второй фактор.")) from error
    now = int(timezone.now().timestamp()) // STEP_SECONDS
    fitting = [step for step in range(now - DRIFT, now + DRIFT + 1) if constant_time_compare(totp.generate_otp(step), clean)]
    return any(SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step) for step in fitting)


def use_recovery_code(user: User, code: str) -> bool:
    """True once."""
    waiting = RecoveryCode.objects.filter(user=user, code_hash=recovery_hash(user, code), used_at=None)
    if not waiting.update(used_at=timezone.now()):
        return False
    trail.record("accounts.recovery_code_used", user, by=user, organisation=place_of(user))
    return True


def recovery_hash(user: User, code: str) -> str:
    """Keyed with the installation's secret and the account."""
    return salted_hmac(f"nastavnik.recovery {user.pk}", code, algorithm="sha256").hexdigest()


@transaction.atomic
def demand_factor(organisation: Organisation, *, role: str, since: date | None, by: User) -> None:
    """From a day on the role must have a second factor here and below; `since` None takes the demand back."""
    if role not in roles_to_demand(organisation):
        raise Refusal(_("Для этой должности второй фактор здесь не требуют."))
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    known = FactorDemand.objects.filter(organisation=organisation, role=role).first()
    before = known.since if known else None
    if before == since:
        return
    if since is None:
        FactorDemand.objects.filter(organisation=organisation, role=role).delete()
    else:
        FactorDemand.objects.update_or_create(
            organisation=organisation, role=role, defaults={"since": since, "region_id": organisation.region_id or 0}
        )
    trail.record(
        "accounts.factor_demanded", organisation, by=by, organisation=organisation,
        before={"role": role, "since": before}, after={"role": role, "since": since},
    )  # fmt: skip
