"""会議録: what was said and decided at a sitting, written once and put right by editions (4.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from services.coordination.domain.decided import (
    NOTHING,
    Lack,
    Task,
    give_task,
    held_on,
    miss_resource,
)
from services.coordination.domain.meeting import Meeting, MeetingEvent, meeting
from services.coordination.domain.minuted import (
    Discussed,
    Held,
    MinutesCorrected,
    TalkCorrected,
)
from services.coordination.domain.sitting import AgendaItem, Sitting, secrecy
from shared.sourcing.decider import Refused


def hold(
    state: Meeting,
    *,
    meeting_id: UUID,
    sitting: Sitting,
    agenda: Sequence[AgendaItem],
    on: date,
    today: date,
    decided: Mapping[UUID, Task | Lack] = NOTHING,
) -> list[MeetingEvent]:
    """T-03, T-05: a sitting is recorded once, with every case on its agenda and what was decided,
    by an id each. Other minutes of the same sitting are a correction of these.
    """
    if state.held_on is None:
        _as_called(state, sitting, agenda)
        _may_be_held(sitting, on, today, agenda)
    _complete(sitting)
    events: list[MeetingEvent] = [
        Held(
            meeting_id=meeting_id,
            kind=sitting.kind,
            held_on=on,
            rules=sitting.rules,
            cases=tuple(item.case_id for item in agenda),
            written_by=_writer(sitting),
            place=sitting.place,
            members=sitting.agencies(),
            begins_at=sitting.begins_at,
            ends_at=sitting.ends_at,
            attendees=tuple(sitting.attendees) or None,
            following=sitting.following or None,
        ),
        *(_talk(meeting_id, sitting, item, on) for item in agenda),
    ]
    events += _decided(meeting.fold(events), meeting_id, decided, on, today)
    if state.held_on is not None:
        if _says(state, meeting.fold(events)):
            return []
        raise Refused("minutes-written")
    return [*secrecy(state, meeting_id, sitting, on), *events]


def correct(
    state: Meeting,
    *,
    meeting_id: UUID,
    edition: int,
    sitting: Sitting,
    agenda: Sequence[AgendaItem],
    on: date,
    today: date,
    decided: Mapping[UUID, Task | Lack] = NOTHING,
) -> list[MeetingEvent]:
    """The minutes are put right on the edition that was seen. The day and the cases were told to
    others and stay; what was decided is added to.
    """
    if on != held_on(state):
        raise Refused("minutes-day-fixed")
    if {item.case_id for item in agenda} != state.cases:
        raise Refused("minutes-cases-fixed")
    _complete(sitting)
    _may_join(state, sitting, agenda, on)
    talks = [item for item in agenda if _item_words(item) != _words(state.talks.get(item.case_id))]
    events: list[MeetingEvent] = []
    if talks or sitting.head() != state.head:
        if edition != state.edition:
            raise Refused("minutes-changed")
        events = _put_right(state, meeting_id, sitting, talks, today)
    told = secrecy(state, meeting_id, sitting, today)
    after = state
    for event in events:
        after = meeting.evolve(after, event)
    return [*told, *events, *_decided(after, meeting_id, decided, on, today)]


def _put_right(
    state: Meeting, meeting_id: UUID, sitting: Sitting, talks: Sequence[AgendaItem], today: date
) -> list[MeetingEvent]:
    edition = state.edition + 1
    corrected = MinutesCorrected(
        meeting_id=meeting_id,
        edition=edition,
        corrected_on=today,
        written_by=_writer(sitting),
        place=sitting.place,
        members=sitting.agencies(),
        begins_at=sitting.begins_at,
        ends_at=sitting.ends_at,
        attendees=tuple(sitting.attendees) or None,
        following=sitting.following or None,
    )
    return [
        corrected,
        *(
            TalkCorrected(edition=edition, **_talk(meeting_id, sitting, item, today).model_dump())
            for item in talks
        ),
    ]


def _writer(sitting: Sitting) -> str | None:
    return (sitting.writer.name or None) if sitting.writer else None


def _talk(meeting_id: UUID, sitting: Sitting, item: AgendaItem, on: date) -> Discussed:
    return Discussed(
        meeting_id=meeting_id,
        case_id=item.case_id,
        kind=sitting.kind,
        discussed_on=on,
        present=item.present,
        report=item.report,
        outcome=item.outcome,
        opinion=item.opinion,
        papers=item.papers,
    )


def _words(talk: Discussed | None) -> tuple[object, ...]:
    if talk is None:
        return ()
    texts = talk.report, talk.outcome, talk.opinion, talk.papers
    return (bool(talk.present), *(text or "" for text in texts))


def _item_words(item: AgendaItem) -> tuple[object, ...]:
    texts = item.report, item.outcome, item.opinion, item.papers
    return (bool(item.present), *(text or "" for text in texts))


def _says(state: Meeting, new: Meeting) -> bool:
    """Do these minutes say all that the other ones would?"""
    return (
        (state.kind, state.held_on, state.head) == (new.kind, new.held_on, new.head)
        and {one: _words(talk) for one, talk in state.talks.items()}
        == {one: _words(talk) for one, talk in new.talks.items()}
        and all(state.decided.get(one) == event for one, event in new.decided.items())
    )


def _decided(
    sat: Meeting,
    meeting_id: UUID,
    decided: Mapping[UUID, Task | Lack],
    on: date,
    today: date,
) -> list[MeetingEvent]:
    events: list[MeetingEvent] = []
    for one, what in decided.items():
        if isinstance(what, Task):
            events += give_task(
                sat, meeting_id=meeting_id, task_id=one, task=what, on=on, today=today
            )
        else:
            events += miss_resource(sat, meeting_id=meeting_id, missed_id=one, lack=what)
    return events


def _as_called(state: Meeting, sitting: Sitting, agenda: Sequence[AgendaItem]) -> None:
    """What was called is what is held: its kind, members confirmed before, cases of its agenda."""
    if state.kind is None:
        return
    if state.called_off:
        raise Refused("meeting-called-off")
    if sitting.kind != state.kind:
        raise Refused("meeting-kind-differs")
    if not state.invited.issuperset(sitting.members):
        raise Refused("not-invited")
    if not state.agenda.issuperset(item.case_id for item in agenda):
        raise Refused("not-on-agenda")


def _may_be_held(sitting: Sitting, on: date, today: date, agenda: Sequence[AgendaItem]) -> None:
    if not agenda:
        raise Refused("agenda-empty")
    if not all(item.known for item in agenda):
        raise Refused("case-unknown")
    if sitting.kind == "plan-meeting":
        for item in agenda:
            _consented(item, on, sitting.agencies())
    if on > today:
        raise Refused("day-in-future")


def _may_join(state: Meeting, sitting: Sitting, agenda: Sequence[AgendaItem], on: date) -> None:
    """Who was forgotten at first: confirmed for this sitting, and reached by the consent."""
    new = [one for one in sitting.agencies() if one not in state.members]
    if state.planned_on is not None and not state.invited.issuperset(new):
        raise Refused("not-invited")
    if new and state.kind == "plan-meeting":
        for item in agenda:
            _consented(item, on, new)


def _consented(item: AgendaItem, on: date, members: Sequence[str]) -> None:
    if item.consented_on is None:
        raise Refused("consent-missing")
    if item.consented_on > on:
        raise Refused("meeting-before-consent")
    item.scope.check("plan", on, members)


def _complete(sitting: Sitting) -> None:
    if not sitting.members:
        raise Refused("members-missing")
    if any(one.agency not in sitting.members for one in sitting.attendees):
        raise Refused("attendee-not-member")
    if sitting.begins_at and sitting.ends_at and sitting.ends_at < sitting.begins_at:
        raise Refused("times-backwards")
