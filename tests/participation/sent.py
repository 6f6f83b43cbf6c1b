"""What participation is told and sent in the tests of its screens and its JSON."""

from __future__ import annotations

from typing import Any

from shared.contracts.community import ResourceCorrected, ResourceRegistered, ResourceRetired
from shared.contracts.coordination import ParticipationRequested
from shared.contracts.handover import Handover, LegalBasis, PersonalPart
from tests.participation.examples import (
    CASE,
    CORRECTION,
    HANDOVER,
    PLACE,
    REQUEST,
    TODAY,
    YESTERDAY,
)

HERE = f"/participation/requests/{REQUEST}"
JSON = f"/participation/api/requests/{REQUEST}"
ASKED = ParticipationRequested(
    occurred_on=YESTERDAY, case_id=CASE, request_id=REQUEST, handover_id=HANDOVER, basis="consent"
)
HANDED = Handover(
    handover_id=HANDOVER,
    from_team="coordination",
    to_team="participation",
    case_id=CASE,
    occurred_on=YESTERDAY,
    basis=LegalBasis(kind="consent", reference="同意書"),
    personal=PersonalPart(name="架空 太郎", address="あきる野市草花一丁目", wishes="外に出たい"),
)
REGISTERED = ResourceRegistered(
    occurred_on=YESTERDAY,
    resource_id=PLACE,
    kind="venue",
    name="草花台会館",
    area="草花",
    weekdays=("mon",),
)
CORRECTED = ResourceCorrected(
    occurred_on=TODAY,
    resource_id=PLACE,
    correction_id=CORRECTION,
    kind="venue",
    name="草花台自治会館",
    area="草花",
)
RETIRED = ResourceRetired(occurred_on=TODAY, resource_id=PLACE, reason="closed-down")
PLAN: dict[str, Any] = {
    "on": "R8.11.23",
    "wishes": "週に一度は外に出たい",
    "strengths": "料理が得意",
    "issues": "人混みが苦手",
    "goal": "集いの場に通う",
    "menu": "place-to-be",
}
MATCH: dict[str, Any] = {
    "on": "2026-11-23",
    "resource_id": str(PLACE),
    "assessment": "世話役が二人いる",
}
FOLLOW_UP: dict[str, Any] = {
    "on": "2026-11-23",
    "method": "visit",
    "relation": "stable",
    "note": "笑顔",
}
STABLE: dict[str, Any] = {
    "on": "2026-11-23",
    "outcome": "stable",
    "judgement": "役割ができた",
    "contact_every": "monthly",
}
