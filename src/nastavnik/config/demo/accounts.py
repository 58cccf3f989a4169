"""Log-ins of the demo municipality: invitations in every state, a second factor to come, a visit of the administrator."""

from datetime import timedelta

from django.utils import timezone

from nastavnik.accounts.actions.factors import demand_factor
from nastavnik.accounts.actions.invitations import accept_with_new_account, invite, note_delivery, note_opened, print_sheet, revoke
from nastavnik.accounts.actions.sessions import end_session
from nastavnik.accounts.actions.support import begin_support, end_support
from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Invitation, User, UserSession
from nastavnik.audit.trail import current_trace, support_by
from nastavnik.config.demo import places
from nastavnik.core.identifiers import uuid7
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.enums import OPEN_STATES
from nastavnik.roadmap.models import Assignment

# Surname, given name, patronymic, mail, role, which school, how far it is.
INVITED = (
    ("Соловьёва", "Нина", "Игоревна", "soloveva@example.org", Role.DEPUTY_HEAD, 1, "sent"),
    ("Журавлёв", "Артём", "Олегович", "zhuravlev@example.org", Role.DEPUTY_HEAD, 2, "opened"),
    ("Грачёва", "Вера", "Ильинична", "grachyova@exampel.org", Role.SCHOOL_COORDINATOR, 2, "failed"),
    ("Чайкин", "Павел", "Андреевич", "", Role.MENTOR, 1, "paper"),
    ("Синицына", "Лидия", "Петровна", "sinicyna@example.org", Role.DEPUTY_HEAD, 4, "accepted"),
    ("Стрижов", "Глеб", "", "strizhov@example.org", Role.MENTOR, 4, "revoked"),
)  # fmt: skip


def build_log_ins() -> None:
    """Everything that pages about log-ins show."""
    leader = User.objects.get(username=places.STAFF["municipal_coordinator"].username)
    for *names, email, role, school, state in INVITED:
        invite_one(leader, names, email, role, Organisation.objects.get(slug=places.SCHOOLS[school].slug), state)
    head = User.objects.get(username=places.STAFF["municipal_head"].username)
    since = timezone.localdate() + timedelta(days=45)
    demand_factor(head.appointment.organisation, role=Role.MUNICIPAL_HEAD, since=since, by=head)
    demand_factor(head.appointment.organisation, role=Role.ADMINISTRATOR, since=since, by=head)
    help_out()


def invite_one(by: User, names: list[str], email: str, role: str, place: Organisation, state: str) -> None:
    """One invitation, as far as the state says. There is no mail server here, so what it would have said is noted."""
    surname, given_name, patronymic = names
    one = invite(place, role=role, by=by, email=email, surname=surname, given_name=given_name, patronymic=patronymic)
    if state == "accepted":
        accept_with_new_account(print_sheet(one, by=by).split("/")[-2], username="sinicyna", password=places.PASSWORD)
    elif state == "revoked":
        revoke(one, by=by)
    elif state != "paper":
        Invitation.objects.filter(pk=one.pk).update(message_id=(message_id := uuid7()))
        refused = state == "failed"
        note_delivery(message_id, sent=not refused, given_up=refused, error="SMTPRecipientsRefused" if refused else "")
    if state == "opened":
        note_opened(one)


def help_out() -> None:
    """The administrator helped a coordinator with a mark; the coordinator sees it."""
    helper = User.objects.get(username=places.STAFF["administrator"].username)
    person = User.objects.get(username=places.SCHOOLS[0].coordinator.username)  # type: ignore[union-attr]
    session = UserSession.objects.create(user=helper, region_id=helper.region_id, key_digest=uuid7().hex, device="Firefox, Linux")
    session.support = begin_support(session, person, reason="Просила помочь: не получалось отметить мероприятие", by=helper)
    token = current_trace.set(current_trace.get())
    support_by(helper.pk, Role.ADMINISTRATOR)
    own = Assignment.objects.filter(organisation=person.appointment.organisation, state__in=OPEN_STATES, awaits_date=False)
    assignment = own.select_related("organisation", "measure").order_by("due_on", "pk").first()
    if assignment is not None:
        mark_assignment(assignment, state="in_progress", note="Приказ на подписи, вместе разобрались, как отметить.", by=person)
    current_trace.reset(token)
    end_support(session)
    end_session(session)
