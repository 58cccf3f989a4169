"""Reads an official plan («дорожная карта») from a file into sections, measures, deadlines and responsible parties.

    from planreader import read_plan, PlanRefused

Pure Python without Django. `read_plan` works in this process, `read_plan_limited` in a child with limits; both raise
`PlanRefused` with one Russian sentence for a file that cannot be read.
"""

from planreader.contract import plan_from_json
from planreader.reading import PlanRefused, read_plan, read_plan_limited

__all__ = ["PlanRefused", "plan_from_json", "read_plan", "read_plan_limited"]
