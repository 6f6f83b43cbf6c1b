"""分野を超えた対応 (X-24): does a consultation reach beyond the field of the counter it came to?

Rule 1, proposed by `domain.md` and to be confirmed by the city: at least one 課題, or the age of
the person or of a member of the household, speaks for another field. Which ages and 課題 speak for
which field is the city's (`fields.toml`). A counter without a field of its own counts for none of
the four. A changed rule is a new number; what was judged by the old one keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.domain.which_counter import fields_of
from shared.privacy.personal import Personal
from shared.sourcing.decider import Event
from shared.vocabulary.ages import AgeBand
from shared.vocabulary.city import City

RULE = 1
"""The version of the rule that `fields_beyond` is."""


class FieldJudged(Event):
    """分野を超えるかどうかが変わった: the rule, asked again when the household was written down."""

    consultation_id: UUID
    case_id: UUID
    counter: str
    programme: str
    received_on: date
    beyond: bool
    rule: int
    judged_on: date
    nurse_district: str | None = None
    """As it was when the consultation was received."""


class FieldCorrected(Event):
    """分野を超えるかどうかを職員が直した, with the reason. From here on the rule is not asked."""

    consultation_id: UUID
    case_id: UUID
    counter: str
    programme: str
    received_on: date
    beyond: bool
    corrected_on: date
    reason: Personal[str] = None
    nurse_district: str | None = None
    """As it was when the consultation was received."""


@dataclass(frozen=True)
class Verdict:
    """What holds now. `rule` None: a member of staff said so."""

    beyond: bool
    rule: int | None = RULE


def verdict_of(event: FieldJudged | FieldCorrected) -> Verdict:
    """What holds after it."""
    return Verdict(event.beyond, event.rule if isinstance(event, FieldJudged) else None)


def fields_beyond(
    city: City, programme: str | None, ages: Iterable[AgeBand], issues: Sequence[str]
) -> tuple[str, ...] | None:
    """The other fields that are spoken for; None where the counter has no field of its own."""
    own = {field.code for field in city.fields if programme in field.programmes}
    if not own:
        return None
    spoken = set(fields_of(city, "unknown", issues)).union(
        *(fields_of(city, age, ()) for age in ages)
    )
    return tuple(field.code for field in city.fields if field.code in spoken - own)
