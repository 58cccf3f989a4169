"""Which role carries which right. A right is app.verb_noun; the wall between branches is not here but in `visible_to`.

`RIGHTS` is the one table: pages and commands name a right, templates ask `user.may`. `ROLES_OF_KIND` says which roles
make sense in which kind of organisation, `MAY_APPOINT` who may appoint whom (in the own branch only).
"""

from nastavnik.accounts.enums import Role
from nastavnik.organisations.enums import OrganisationKind

READ_ROADMAP = {"roadmap.view_roadmap", "roadmap.view_board", "roadmap.export_assignments"}
WORK_ROADMAP = {"roadmap.mark_assignment"}
LEAD_ROADMAP = {"roadmap.lead_roadmap"}
REMIND = {"roadmap.remind_schools"}
APPROVE = {"roadmap.approve_roadmap"}
ENDORSE = {"roadmap.endorse_roadmap", "roadmap.publish_model"}
READ_ORGANISATIONS = {"organisations.view_organisations"}
KEEP_OWN_CARD = {"organisations.change_card"}
KEEP_SCHOOLS = {"organisations.open_schools", "organisations.close_schools", "organisations.import_schools"}
KEEP_STAFF = {"accounts.view_staff", "accounts.appoint_staff", "accounts.issue_code", "accounts.reset_factor"}
DEMAND_FACTOR = {"accounts.demand_factor"}
SUPPORT = {"accounts.support_login"}
KEEP_CALENDAR = {"organisations.keep_calendar"}
READ_HISTORY = {"audit.view_history"}
READ_MONITORING = {"monitoring.view_monitoring"}
MARK_REQUIREMENTS = {"monitoring.mark_requirement"}
LEAD_MONITORING = {"monitoring.change_requirements"}
CONTROL = {"monitoring.control_schools"}
ANSWER_CONTROL = {"monitoring.acknowledge_control"}
APPROVE_SCHOOL_LIST = {"organisations.approve_school_list"}
RECEIVE_REPORTS = {"roadmap.receive_reports"}

LEAD_PLANS = READ_ROADMAP | WORK_ROADMAP | LEAD_ROADMAP
LEAD = LEAD_PLANS | REMIND | ENDORSE | READ_ORGANISATIONS | KEEP_OWN_CARD | KEEP_SCHOOLS | KEEP_STAFF | READ_HISTORY
LEAD |= READ_MONITORING | MARK_REQUIREMENTS | LEAD_MONITORING | CONTROL | APPROVE_SCHOOL_LIST | RECEIVE_REPORTS

RIGHTS: dict[str, frozenset[str]] = {
    Role.REGIONAL_COORDINATOR: frozenset(
        READ_ROADMAP
        | LEAD_ROADMAP
        | APPROVE
        | ENDORSE
        | RECEIVE_REPORTS
        | READ_ORGANISATIONS
        | KEEP_CALENDAR
        | KEEP_STAFF
        | DEMAND_FACTOR
        | READ_HISTORY
        | READ_MONITORING
        | LEAD_MONITORING
    ),
    Role.MUNICIPAL_HEAD: frozenset(LEAD | APPROVE | DEMAND_FACTOR),
    Role.MUNICIPAL_COORDINATOR: frozenset(LEAD),
    Role.SCHOOL_HEAD: frozenset(
        LEAD_PLANS
        | APPROVE
        | READ_ORGANISATIONS
        | KEEP_OWN_CARD
        | KEEP_STAFF
        | READ_HISTORY
        | READ_MONITORING
        | MARK_REQUIREMENTS
        | ANSWER_CONTROL
    ),
    Role.SCHOOL_COORDINATOR: frozenset(LEAD_PLANS | READ_ORGANISATIONS | KEEP_OWN_CARD | READ_MONITORING | MARK_REQUIREMENTS),
    Role.DEPUTY_HEAD: frozenset(READ_ROADMAP | WORK_ROADMAP | READ_ORGANISATIONS | READ_MONITORING),
    Role.MENTOR: frozenset(),
    Role.PARTNER_REPRESENTATIVE: frozenset(READ_ORGANISATIONS),
    Role.ADMINISTRATOR: frozenset(
        READ_ORGANISATIONS | KEEP_OWN_CARD | KEEP_SCHOOLS | KEEP_CALENDAR | KEEP_STAFF | DEMAND_FACTOR | SUPPORT | READ_HISTORY
    ),
}

ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    OrganisationKind.REGION: (Role.REGIONAL_COORDINATOR, Role.ADMINISTRATOR),
    OrganisationKind.MUNICIPALITY: (Role.MUNICIPAL_HEAD, Role.MUNICIPAL_COORDINATOR, Role.ADMINISTRATOR),
    OrganisationKind.SCHOOL: (Role.SCHOOL_HEAD, Role.SCHOOL_COORDINATOR, Role.DEPUTY_HEAD, Role.MENTOR),
    OrganisationKind.PARTNER: (Role.PARTNER_REPRESENTATIVE, Role.MENTOR),
}

MAY_APPOINT: dict[str, frozenset[Role]] = {
    Role.REGIONAL_COORDINATOR: frozenset(
        {Role.REGIONAL_COORDINATOR, Role.MUNICIPAL_HEAD, Role.MUNICIPAL_COORDINATOR, Role.ADMINISTRATOR}
    ),
    Role.MUNICIPAL_HEAD: frozenset(Role) - {Role.REGIONAL_COORDINATOR},
    Role.MUNICIPAL_COORDINATOR: frozenset(Role) - {Role.REGIONAL_COORDINATOR, Role.MUNICIPAL_HEAD, Role.ADMINISTRATOR},
    Role.SCHOOL_HEAD: frozenset({Role.SCHOOL_COORDINATOR, Role.DEPUTY_HEAD, Role.MENTOR}),
    Role.ADMINISTRATOR: frozenset(Role),
}

# What nobody does for another person: decide about people and their log-ins, sign, approve, close.
NEVER_WHILE_SUPPORTING = frozenset(
    (KEEP_STAFF - {"accounts.view_staff"})
    | DEMAND_FACTOR
    | SUPPORT
    | APPROVE
    | ENDORSE
    | REMIND
    | KEEP_SCHOOLS
    | CONTROL
    | ANSWER_CONTROL
)
# Rights over people, organisations and ledgers: nobody gets more of these by helping out in another account.
POWERS = frozenset(KEEP_STAFF | DEMAND_FACTOR | SUPPORT | KEEP_SCHOOLS | KEEP_OWN_CARD | READ_ORGANISATIONS | READ_HISTORY)


def carries(role: str, right: str) -> bool:
    """True when the table gives the right to the role."""
    return right in RIGHTS.get(role, frozenset())
