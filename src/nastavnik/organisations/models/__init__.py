"""Rows of organisations: the tree of organisations, school lists that were read, special days of the working calendar."""

from nastavnik.organisations.models.organisations import (
    BRANCH_COLUMN,
    SEARCH_COLUMNS,
    ListedSchool,
    Organisation,
    OrganisationQuerySet,
    SchoolListApproval,
    SchoolListDraft,
    branch,
)
from nastavnik.organisations.models.special_days import SpecialDay

__all__ = [
    "BRANCH_COLUMN", "SEARCH_COLUMNS", "ListedSchool", "Organisation", "OrganisationQuerySet", "SchoolListApproval",
    "SchoolListDraft", "SpecialDay", "branch",
]  # fmt: skip
