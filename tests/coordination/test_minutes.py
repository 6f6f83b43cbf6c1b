"""会議録: what is stored at a sitting and what becomes of it (4.7, N-07, M-2)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.coordination.domain import meeting as m
from services.coordination.domain.consented import Scope
from services.coordination.domain.decided import (
    Lack,
    Task,
    finish_task,
    give_task,
    miss_resource,
    open_material,
)
from services.coordination.domain.minuted import (
    Attendee,
    MinutesCorrected,
    SecrecyAccepted,
    TalkCorrected,
)
from services.coordination.domain.minutes import correct, hold
from services.coordination.domain.sitting import AgendaItem, Sitting, Writer
from tests.coordination.examples import (
    CASE,
    CONSENT,
    MEETING,
    TODAY,
    TOMORROW,
    YESTERDAY,
    discussed,
    held,
    uid,
)
from tests.coordination.test_calling import AT, CONSENTED, HOST, OTHER, READY, SILENT, given

TASK, MISSED = uid(43), uid(44)
ITEM = AgendaItem(CASE, known=True, consented_on=TODAY, report="家計が苦しい", outcome="訪問する")
SITTING = Sitting("plan-meeting", "市役所3階", (HOST, OTHER), "rules-r8")
HOLD: dict[str, Any] = {"sitting": SITTING, "agenda": (ITEM,), "on": TODAY, **AT}
WORK = Task(CASE, OTHER, "電話で様子を聞く", TOMORROW)


def given_task() -> m.TaskGiven:
    return m.TaskGiven(
        meeting_id=MEETING,
        case_id=CASE,
        task_id=TASK,
        agency=OTHER,
        given_on=TODAY,
        due_on=TOMORROW,
        what="電話で様子を聞く",
    )


def missed() -> m.ResourceMissed:
    return m.ResourceMissed(
        meeting_id=MEETING,
        case_id=CASE,
        missed_id=MISSED,
        resource="food",
        catchment="tobu",
        missed_on=TODAY,
        note="夕方に開く所がない",
    )


SAT = (*READY, held(), discussed())
LACK = Lack(CASE, "food", "tobu", "夕方に開く所がない")


def test_minutes_are_stored_whole() -> None:
    facts = HOLD | {"decided": {TASK: WORK, MISSED: LACK}}
    given(*READY).when(hold, **facts).then(held(), discussed(), given_task(), missed())
    given(*READY, held(), discussed(), given_task(), missed()).when(hold, **facts).then_nothing()
    wrong = {"decided": {TASK: replace(WORK, due_on=YESTERDAY)}}
    given(*READY).when(hold, **HOLD | wrong).then_refused("task-due-before")


@pytest.mark.parametrize(
    "change",
    [
        {"agenda": (replace(ITEM, report="子どもの話もあった"),)},
        {"agenda": (replace(ITEM, present=True),)},
        {"sitting": replace(SITTING, following="来月")},
        {"sitting": replace(SITTING, members=(HOST,))},
        {"decided": {TASK: WORK}},
    ],
)
def test_other_minutes_of_the_same_sitting_are_not_taken_for_these(change: dict[str, Any]) -> None:
    given(*SAT).when(hold, **HOLD | change).then_refused("minutes-written")


ANN = Attendee(agency=OTHER, name="架空 太郎", post="主任", part="報告")
WRITER = Writer(HOST, "s-1", "見本")


def test_minutes_are_put_right_by_editions() -> None:
    sitting = replace(SITTING, attendees=(ANN,), begins_at="14:00", writer=WRITER)
    item = replace(ITEM, opinion="見守りでよい")
    right: dict[str, Any] = HOLD | {"sitting": sitting, "agenda": (item,), "edition": 1}
    head = MinutesCorrected(
        meeting_id=MEETING,
        edition=2,
        corrected_on=TODAY,
        place="市役所3階",
        members=(HOST, OTHER),
        begins_at="14:00",
        attendees=(ANN,),
        written_by="見本",
    )
    talk = TalkCorrected(
        edition=2,
        **discussed().model_dump(exclude={"opinion"}),
        opinion="見守りでよい",
    )
    given(*SAT).when(correct, **right).then(head, talk)
    given(*SAT, head).when(correct, **right).then_refused("minutes-changed")
    given(*SAT, head, talk).when(correct, **right).then_nothing()
    more = right | {"decided": {TASK: WORK}}
    given(*SAT, head, talk).when(correct, **more).then(given_task())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"on": YESTERDAY}, "minutes-day-fixed"),
        ({"agenda": (replace(ITEM, case_id=uid(2)),)}, "minutes-cases-fixed"),
        ({"sitting": replace(SITTING, members=())}, "members-missing"),
        ({"sitting": replace(SITTING, members=(HOST, OTHER, "C-05"))}, "not-invited"),
        (
            {"sitting": replace(SITTING, members=(HOST,), attendees=(ANN,))},
            "attendee-not-member",
        ),
        ({"sitting": replace(SITTING, begins_at="15:00", ends_at="14:00")}, "times-backwards"),
    ],
)
def test_what_was_told_to_others_stays(change: dict[str, Any], code: str) -> None:
    given(*SAT).when(correct, **HOLD | {"edition": 1} | change).then_refused(code)
    given(*READY).when(correct, **HOLD | {"edition": 1}).then_refused("meeting-not-held")


def test_the_tick_of_the_host_counts_for_those_who_are_named() -> None:
    """M-1: not for everybody in their offices, and for ever."""
    sitting = Sitting("support-meeting", "市役所3階", (HOST, OTHER), "rules-r8", writer=WRITER)
    item = replace(ITEM, consented_on=None)
    facts: dict[str, Any] = {**AT, "agenda": (item,), "on": TODAY}
    named = replace(sitting, attendees=(ANN,), secrecy=True)
    events = hold(m.Meeting(), **facts, sitting=named)
    at: dict[str, Any] = {"meeting_id": MEETING, "accepted_on": TODAY}
    assert events[:2] == [
        SecrecyAccepted(agency=OTHER, name="架空 太郎", **at),
        SecrecyAccepted(agency=HOST, staff_id="s-1", name="見本", **at),
    ]
    assert m.meeting.fold(events).oaths == {f"{OTHER}|name:架空太郎", f"{HOST}|id:s-1"}
    bare = hold(m.Meeting(), **facts, sitting=replace(sitting, secrecy=True, writer=None))
    assert m.meeting.fold(bare).oaths == frozenset(), "an office as a whole opens nothing"
    given(*events).when(
        correct, **facts, edition=1, sitting=replace(named, attendees=(ANN, BOB), secrecy=False)
    ).then_refused("secrecy-missing")


BOB = Attendee(agency=OTHER, name="架空 次郎")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sitting": replace(SITTING, members=(HOST, "C-05"))}, "not-invited"),
        ({"sitting": replace(SITTING, kind="support-meeting")}, "meeting-kind-differs"),
        ({"agenda": (replace(ITEM, case_id=uid(2)),)}, "not-on-agenda"),
        ({"agenda": (replace(ITEM, scope=Scope(recipients=(HOST,))),)}, "consent-other-recipient"),
        (
            {"agenda": (replace(ITEM, scope=Scope(purposes=("outreach",))),)},
            "consent-other-purpose",
        ),
        ({"agenda": (replace(ITEM, scope=Scope(expires_on=YESTERDAY)),)}, "consent-expired"),
    ],
)
def test_what_was_called_is_what_is_held(change: dict[str, Any], code: str) -> None:
    given(*READY).when(hold, **HOLD | change).then_refused(code)


def test_tasks_are_given_and_done() -> None:
    facts: dict[str, Any] = {**AT, "task_id": TASK, "task": WORK, "on": TODAY}
    given(*SAT).when(give_task, **facts).then(given_task())
    given(*SAT, given_task()).when(give_task, **facts).then_nothing()
    given(*READY).when(give_task, **facts).then_refused("meeting-not-held")
    given(*SAT).when(give_task, **facts | {"task": replace(WORK, what=" ")}).then_refused(
        "task-missing"
    )
    stranger = {"task": replace(WORK, agency="C-05")}
    given(*SAT).when(give_task, **facts | stranger).then_refused("task-not-member")
    other = {"task": replace(WORK, case_id=uid(2))}
    given(*SAT).when(give_task, **facts | other).then_refused("meeting-without-case")
    done = m.TaskDone(meeting_id=MEETING, case_id=CASE, task_id=TASK, done_on=TODAY, note="話せた")
    say: dict[str, Any] = {**AT, "task_id": TASK, "note": "話せた", "on": TODAY}
    given(*SAT, given_task()).when(finish_task, **say).then(done)
    given(*SAT, given_task(), done).when(finish_task, **say).then_nothing()
    given(*SAT).when(finish_task, **say).then_refused("task-unknown")
    given(*SAT, given_task()).when(finish_task, **say | {"on": YESTERDAY}).then_refused(
        "before-meeting"
    )


def test_a_missing_resource_is_noted_once() -> None:
    facts: dict[str, Any] = {"meeting_id": MEETING, "missed_id": MISSED, "lack": LACK}
    given(*SAT).when(miss_resource, **facts).then(missed())
    given(*SAT, missed()).when(miss_resource, **facts).then_nothing()


def test_with_consent_the_material_of_a_support_meeting_goes_over() -> None:
    sat = (held("support-meeting"), discussed("support-meeting"))
    opened = m.MaterialOpened(meeting_id=MEETING, case_id=CASE, consent_id=CONSENT, opened_on=TODAY)
    facts = {**AT, "case_id": CASE}
    given(*sat).when(open_material, **facts, case=CONSENTED).then(opened)
    given(*sat, opened).when(open_material, **facts, case=CONSENTED).then_nothing()
    given(*sat).when(open_material, **facts, case=SILENT).then_refused("consent-missing")
    given(*SAT).when(open_material, **facts, case=CONSENTED).then_nothing()
