"""相談 of the small city: a sheet as it is received, and as it is put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from services.intake.domain import consultation
from services.intake.domain.sheet import SheetCorrected, written
from shared.sourcing.decider import Decider, Event

Stream: TypeAlias = tuple[str, Decider[Any, Any], Sequence[Event]]
"""Whose it is, its kind, what happened."""

MAY, JUNE = date(2026, 5, 7), date(2026, 6, 1)
CASE = UUID(int=0xCA5E)


def received(counter: str, issues: tuple[str, ...], **values: Any) -> consultation.Received:
    usual: dict[str, Any] = {"source": "self", "received_on": MAY, "name": "山田 太郎"}
    return consultation.Received(
        consultation_id=uuid4(),
        case_id=CASE,
        counter=counter,
        channel="visit",
        issues=issues,
        **(usual | values),
    )


def put_right() -> list[Stream]:
    """Sheets that say otherwise since: of the community, of more issues, of a place, of a name."""
    first = received("C-08", ("i05",))
    second = received("C-04", (), source="neighbour", catchment="east")
    return [
        (
            "intake",
            consultation.consultation,
            [
                first,
                rewritten(first, 2, source="neighbour", issues=("i01", "i09")),
                rewritten(first, 3, source="neighbour", issues=("i01", "i02"), name="山田 花"),
            ],
        ),
        (
            "intake",
            consultation.consultation,
            [second, rewritten(second, 2, catchment="west", nurse_district="akikawa-b")],
        ),
    ]


def rewritten(first: consultation.Received, edition: int, **values: Any) -> SheetCorrected:
    """As intake decides it; of the edition before only the second sheet above has another one."""
    before = {"source": "neighbour", "issues": ("i01", "i09")} if edition == 3 else {}
    was = first.model_copy(update=before)
    now = written(was) | {"consultation_id": first.consultation_id, "case_id": first.case_id}
    fields: dict[str, Any] = now | values
    return SheetCorrected(
        **fields,
        of_case=first.case_id,
        edition=edition,
        changed=tuple(values),
        corrected_on=JUNE,
        age_band=was.age_band,
        former_age_band=was.age_band,
        former_channel=was.channel,
        former_source=was.source,
        former_issues=was.issues,
        former_catchment=was.catchment,
        former_nurse_district=was.nurse_district,
    )
