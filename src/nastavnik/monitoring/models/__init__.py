"""What is demanded of an organisation and how it stands with it; the control of schools and what it found."""

from nastavnik.monitoring.models.control import ControlAnswer, ControlItem, ControlRound, ControlSheet
from nastavnik.monitoring.models.requirements import Requirement, RequirementMark

__all__ = ["ControlAnswer", "ControlItem", "ControlRound", "ControlSheet", "Requirement", "RequirementMark"]
