"""会議録 as its form shows it, in any edition: to be put right, to meet a colleague's (4.7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from services.coordination.asked import meeting as typed
from services.coordination.domain.meeting import Meeting, MeetingEvent, meeting
from services.coordination.domain.minuted import MinutesCorrected
from shared.vocabulary.wareki import wareki
from shared.web.forms import Form


def cases_in(form: Form[Any]) -> list[UUID]:
    """The cases of the lines, in their order."""
    texts = [form.first(f"case_{n}") for n in range(1, typed.CASES + 1)]
    return [case_id for text in texts if text and (case_id := _id(text))]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def minutes_at(history: Iterable[MeetingEvent], edition: int) -> Meeting:
    """As it was before the next edition was written; 0: before there were any minutes."""
    events: list[MeetingEvent] = []
    for event in history if edition else ():
        if isinstance(event, MinutesCorrected) and event.edition > edition:
            break
        events.append(event)
    return meeting.fold(events)


def fields_of(state: Meeting, cases: Sequence[UUID]) -> dict[str, Any]:
    """Field → what stands in it; the lines of cases as that form has them."""
    head, held_on = state.head, state.held_on
    if head is None or held_on is None:
        return {}
    found: dict[str, Any] = {
        "edition": str(state.edition),
        "on": wareki(held_on),
        "begins_at": head.begins_at,
        "ends_at": head.ends_at,
        "place": head.place,
        "members": list(head.members),
        "following": head.following,
    }
    for n, one in enumerate(head.attendees, 1):
        found |= {f"who_{part}_{n}": getattr(one, part) for part in typed.ATTENDEE}
    for n, case_id in enumerate(cases, 1):
        found[f"case_{n}"] = str(case_id)
        talk = state.talks.get(case_id)
        if talk is not None:
            found[f"talked_{n}"] = "true"
            present = {None: "", True: "yes", False: "no"}[talk.present]
            found[f"present_{n}"] = present
            found |= {f"{part}_{n}": getattr(talk, part) or "" for part in typed.SAID}
    return found
