"""Outreach in examples: named events and states. Invented people only."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from uuid import UUID

from services.outreach.domain import events, linking
from services.outreach.domain import request as domain

REQUEST = UUID("0198f000-0000-7000-8000-000000000001")
CASE = UUID("0198f000-0000-7000-8000-0000000000c1")
HANDOVER = UUID("0198f000-0000-7000-8000-0000000000a1")
VISIT = UUID("0198f000-0000-7000-8000-0000000000b1")
PLANNED = UUID("0198f000-0000-7000-8000-0000000000b2")
TIE = UUID("0198f000-0000-7000-8000-0000000000f1")
LINK = UUID("0198f000-0000-7000-8000-0000000000d1")
TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)
TOMORROW = date(2026, 11, 24)

MET = domain.VisitNote(
    method="home-visit",
    met=True,
    reaction="玄関先で10分ほど話せた",
    safety_note="犬がいる",
    next_step="次は食料の案内を持っていく",
    next_on=date(2026, 12, 1),
)


TOLD = linking.LinkNote(
    agency="C-07",
    basis="consent",
    reference="同意 令和8年11月20日",
    passed="名前と、食べるものに困っていること",
    note="窓口に同行した",
)


def requested() -> events.Requested:
    return events.Requested(
        request_id=REQUEST,
        case_id=CASE,
        handover_id=HANDOVER,
        nurse_district="nd-tasai",
        basis="consent",
        requested_on=YESTERDAY,
    )


def started() -> events.Started:
    return events.Started(
        request_id=REQUEST, case_id=CASE, started_on=TODAY, nurse_district="nd-tasai"
    )


def visited(visit_id: UUID = VISIT, on: date = TODAY) -> events.Visited:
    return events.Visited(
        request_id=REQUEST,
        case_id=CASE,
        visit_id=visit_id,
        visited_on=on,
        method=MET.method,
        met=MET.met,
        reaction=MET.reaction,
        safety_note=MET.safety_note,
        next_step=MET.next_step,
        next_on=MET.next_on,
    )


def linked() -> events.Linked:
    return events.Linked(
        request_id=REQUEST,
        case_id=CASE,
        link_id=LINK,
        linked_on=TODAY,
        **asdict(TOLD),
    )


def concluded(outcome: str = "linked") -> events.Concluded:
    return events.Concluded(request_id=REQUEST, case_id=CASE, concluded_on=TODAY, outcome=outcome)


def visit_planned(on: date = TODAY) -> events.VisitPlanned:
    return events.VisitPlanned(
        request_id=REQUEST,
        case_id=CASE,
        planned_id=PLANNED,
        planned_on=on,
        method="home-visit",
        staff=2,
        aim="食料の案内を持っていく",
    )


def plan_dropped() -> events.PlanDropped:
    return events.PlanDropped(
        request_id=REQUEST, case_id=CASE, planned_id=PLANNED, dropped_on=TODAY
    )


def tie_built() -> events.TieBuilt:
    return events.TieBuilt(
        request_id=REQUEST,
        case_id=CASE,
        tie_id=TIE,
        built_on=TODAY,
        kind="watching",
        partner="隣の方",
        note="朝の声かけをお願いした",
    )
