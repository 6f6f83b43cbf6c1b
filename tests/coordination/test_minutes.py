"""会議録: what is stored at a sitting and what becomes of it (4.7, N-07, M-2)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.coordination.domain import meeting as m
from services.coordination.domain.consented import Scope
from services.coordination.domain.minutes import (
    AgendaItem,
    Lack,
    Sitting,
    Task,
    finish_task,
    give_task,
    hold,
    miss_resource,
    open_material,
)
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


LACK = Lack(CASE, "food", "tobu", "夕方に開く所がない")


def test_minutes_are_stored_whole() -> None:
    facts = HOLD | {"decided": {TASK: WORK, MISSED: LACK}}
    given(*READY).when(hold, **facts).then(held(), discussed(), given_task(), missed())
    given(*READY, held(), discussed()).when(hold, **facts).then_nothing()
    wrong = {"decided": {TASK: replace(WORK, due_on=YESTERDAY)}}
    given(*READY).when(hold, **HOLD | wrong).then_refused("task-due-before")


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


SAT = (*READY, held(), discussed())


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
