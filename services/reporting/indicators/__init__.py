"""The indicators of the plan (seed 7(3)) that are computed."""

from __future__ import annotations

from services.reporting.indicators.activities import ALL as ACTIVITIES
from services.reporting.indicators.definition import Countable, Definition, Memory
from services.reporting.indicators.everywhere import EVERYWHERE
from services.reporting.indicators.exchange import EXCHANGE
from services.reporting.indicators.q01 import FIELDS, Q01
from services.reporting.indicators.q02 import Q02
from services.reporting.indicators.q03 import Q03
from services.reporting.indicators.q04 import Q04
from services.reporting.indicators.q05 import Q05
from services.reporting.indicators.q06 import Q06
from services.reporting.indicators.q10 import Q10
from services.reporting.indicators.q27 import Q27
from services.reporting.indicators.q28 import Q28
from services.reporting.indicators.q29 import Q29
from services.reporting.indicators.q30 import Q30
from services.reporting.indicators.q31 import Q31
from services.reporting.indicators.standing import STANDING
from services.reporting.indicators.steps import STEPS

__all__ = [
    "COMPUTED",
    "COUNTED",
    "VERIFIED",
    "Countable",
    "Definition",
    "Memory",
    "by_id",
    "counted_of",
]

COMPUTED: tuple[Definition, ...] = tuple(
    sorted(
        (Q01, *FIELDS, Q02, Q03, Q04, Q05, Q06, Q10, *ACTIVITIES, Q27, Q28, Q29, Q30, Q31),
        key=lambda one: one.id,
    )
)
"""In the order of the plan."""


COUNTED = (*COMPUTED, STEPS, EVERYWHERE, STANDING, EXCHANGE)
"""All that is kept of facts: the indicators of the plan, and what is asked beyond it (S-…)."""

VERIFIED = tuple(one for one in COUNTED if one.within is None)
"""What is counted a second time by SQL of its own (`deploy/verifying`)."""


def by_id(indicator: str) -> Definition | None:
    """The definition with that id, of the plan (Q-…) or beyond it (S-…), if it is computed."""
    return next((definition for definition in COUNTED if definition.id == indicator), None)


def counted_of(definition: Definition) -> Definition:
    """Itself, or the one of which it is a part (`Definition.within`)."""
    return by_id(definition.within.indicator) or definition if definition.within else definition
