"""A household's whole way through all teams, by the JSON of each, whatever happens on the way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from tests.flows.town import Town

DAY = "2026-10-01"
HELD = {
    ("community", "resource.Registered"): 1,
    ("community", "activity.Recorded"): 1,
    ("coordination", "case.Accepted"): 1,
    ("coordination", "case.PlanAgreed"): 1,
    ("coordination", "case.SupportRequested"): 2,
    ("coordination", "case.SupportReported"): 9,
    ("coordination", "case.Closed"): 1,
    ("coordination", "case.Reopened"): 1,
    ("intake", "consultation.Accepted"): 1,
    ("intake", "handover.PersonalPartReceived"): 1,
    ("outreach", "handover.PersonalPartReceived"): 1,
    ("outreach", "request.Requested"): 1,
    ("outreach", "request.Concluded"): 1,
    ("participation", "handover.PersonalPartReceived"): 1,
    ("participation", "place.Listed"): 1,
    ("participation", "request.Requested"): 1,
    ("participation", "request.Concluded"): 1,
}
"""What one journey leaves in each store: not one event less, not one more."""


async def journey(town: Town) -> None:
    """Escalated, accepted, planned, helped by two teams at once, closed with a hand-over back,
    resumed.
    """
    case = f"/coordination/api/cases/{await town.escalated()}"
    await town.there(case)
    await town.post(f"{case}/acceptance", {"on": DAY})
    await town.post(f"{case}/application", {"on": DAY, "filled_by": "subject", "name": town.name})
    await town.post(f"{case}/consent", {"on": DAY, "answer": "given"})
    await _planned(town, case)
    await asyncio.gather(_visited(town, case), _matched(town, case))
    closure = {
        "on": DAY,
        "lead_agency": "C-01",
        "reason": "roles-agreed",
        "resume_when": "外に出なくなったとき",
        "basis": "consent",
    }
    await town.post(f"{case}/closure", closure)
    await town.post(f"{case}/resumption", {"on": DAY, "reason": "changed"})


async def _planned(town: Town, case: str) -> None:
    sitting = {
        "on": DAY,
        "kind": "plan-meeting",
        "place": "市役所",
        "members": ["C-08", "C-01"],
    }
    meeting = await town.post(f"{case}/meetings", sitting)
    plan = {
        "on": DAY,
        "meeting_id": meeting["id"],
        "problems": "日中の居場所",
        "goal": "週に一度は外に出る",
        "contact_desk": "C-08",
        "review_on": "2027-01-01",
        "participation": True,
        "outreach": True,
        "roles": [{"agency": "C-01", "task": "月一回の面談"}],
    }
    await town.post(f"{case}/plans", plan)


async def _asked(town: Town, case: str, team: str) -> str:
    asked = {"on": DAY, "errand": "よろしく", "basis": "consent"}
    made = await town.post(f"{case}/{team}-requests", asked)
    request = f"/{team}/api/requests/{made['id']}"
    await town.there(request)
    await town.post(f"{request}/start", {"on": DAY})
    return request


TOLD = {"passed": "名前", "basis": "consent", "reference": "同意を得た"}


async def _visited(town: Town, case: str) -> None:
    """T-31, T-32."""
    request = await _asked(town, case, "outreach")
    await town.post(f"{request}/visits", {"on": DAY, "method": "home-visit", "met": True})
    await town.post(f"{request}/links", {"on": DAY, "agency": "C-07", **TOLD})
    await town.post(f"{request}/conclusion", {"on": DAY, "outcome": "linked"})


STABLE = {"judgement": "続けて通えている", "contact_every": "as-needed"}


async def _matched(town: Town, case: str) -> None:
    """T-21 to T-24, at a place that the directory of community has just learned of."""
    name = f"見本の集い {uuid4()}"
    place = await town.post("/community/api/resources", {"name": name, "kind": "salon"})
    session = {
        "programme": "3イ",
        "kind": "session",
        "resource_id": place["id"],
        "held_on": DAY,
        "participants": 5,
    }
    await town.post("/community/api/activities", session)
    request = await _asked(town, case, "participation")
    plan = {"on": DAY, "menu": "place-to-be", "wishes": "人と話したい", "goal": "月に二回"}
    await town.post(f"{request}/plan", plan)
    await town.there("/participation/api/places", place["id"])
    today = {"on": DAY}
    await town.post(f"{request}/matches", {"resource_id": place["id"], **today})
    await town.post(f"{request}/followups", {"method": "visit", "relation": "stable", **today})
    await town.post(f"{request}/conclusion", {"outcome": "stable", **STABLE, **today})
