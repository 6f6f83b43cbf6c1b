"""プランのシート in words: everything that stands on it in order, for paper and for comparing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination.desk import Desk
from services.coordination.domain import events as e
from services.coordination.domain.sheet import FAMILY, PERSON, Change, Goal, Sheet, Task, changes
from services.coordination.file.approval import signatures_of
from services.coordination.planning import plans_of, sheet_of
from services.coordination.work import person_of
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki

WHO = {PERSON: "本人", FAMILY: "家族"}
TITLES = {
    "aim": "長期目標",
    "goals": "課題と目標",
    "tasks": "支援内容",
    "contact_desk": "連絡窓口",
    "lead_agency": "主担当",
    "participation": "参加支援",
    "participation_text": "参加支援の内容",
    "outreach": "アウトリーチ",
    "outreach_text": "アウトリーチの内容",
    "emergency": "緊急時の対応",
    "begins_on": "プランの始まり",
    "ends_on": "プランの終わり",
    "review_on": "次に見直す日",
}

_AGENCIES = {"contact_desk", "lead_agency"}


@dataclass(frozen=True)
class PlanSheet:
    """支援プラン on paper (S-03, 4.4): every text as it is printed, from top to bottom."""

    title: str
    case_id: UUID
    name: str
    agreed_on: str
    round: str
    aim: str
    goals: tuple[tuple[str, str, str], ...]
    """優先順, 課題, 目標."""
    tasks: tuple[tuple[str, str, str, str, str], ...]
    """課題の番号, 誰が, 担当者・連絡先, 何を, 頻度・いつまで."""
    roles: tuple[tuple[str, str], ...]
    """役割分担: who, and all that they do."""
    contact_desk: str
    lead_agency: str
    participation: str
    outreach: str
    emergency: str
    period: str
    review_on: str
    meeting: str
    """重層的支援会議 that agreed, with its day."""
    consent: str
    signatures: tuple[tuple[str, str], ...]
    """決裁: each post, and who signed on which day (F-08)."""


@dataclass(frozen=True)
class Difference:
    """One field of two versions, side by side."""

    field: str
    before: str
    after: str


async def plan_sheet(desk: Desk, case_id: UUID, version: int) -> PlanSheet:
    """The plan of this round (1, 2 …). Raises Refused when there is none."""
    plans = await plans_of(desk, case_id)
    plan = next((one for one in plans if one.round == version), None)
    if plan is None:
        raise Refused("plan-unknown")
    held_on = (await desk.meetings.state(plan.meeting_id)).held_on
    given = next(
        (
            one.event.consented_on
            for one in await desk.cases.history(case_id)
            if isinstance(one.event, e.ConsentGiven) and one.event.consent_id == plan.consent_id
        ),
        None,
    )
    sheet = sheet_of(plan)
    return PlanSheet(
        title=f"支援プラン（{'初回' if plan.round == 1 else f'第{plan.round}回'}）",
        case_id=case_id,
        name=(await person_of(desk, case_id)).name or "",
        agreed_on=wareki(plan.agreed_on),
        round=f"第{plan.round}回",
        aim=sheet.aim,
        goals=tuple((str(n), one.problem, one.goal) for n, one in enumerate(sheet.goals, 1)),
        tasks=tuple(task_cells(desk, one) for one in sheet.tasks),
        roles=roles_of(desk, sheet),
        contact_desk=_agency(desk, sheet.contact_desk),
        lead_agency=_agency(desk, sheet.lead_agency),
        participation=_needed(sheet.participation, sheet.participation_text),
        outreach=_needed(sheet.outreach, sheet.outreach_text),
        emergency=sheet.emergency,
        period=period(sheet),
        review_on=_day(sheet.review_on),
        meeting=f"重層的支援会議 {_day(held_on)}",
        consent=f"本人の同意 {_day(given)}",
        signatures=await signatures_of(desk, case_id, plan.plan_id),
    )


def task_cells(desk: Desk, task: Task) -> tuple[str, str, str, str, str]:
    """One line of 支援内容."""
    number = str(task.problem) if task.problem else ""
    return number, who_says(desk, task.who), task.contact, task.what, task.until


def who_says(desk: Desk, who: str) -> str:
    """本人, 家族 or the agency's name."""
    return WHO.get(who) or (_agency(desk, who) if who else "")


def roles_of(desk: Desk, sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """役割分担: each with all that they do, in the sheet's order."""
    people = dict.fromkeys(one.who for one in sheet.tasks)
    return tuple(
        (who_says(desk, who), "、".join(one.what for one in sheet.tasks if one.who == who))
        for who in people
    )


def period(sheet: Sheet) -> str:
    """From when until when, as far as it is written."""
    begins = f"{wareki(sheet.begins_on)}から" if sheet.begins_on else ""
    ends = f"{wareki(sheet.ends_on)}まで" if sheet.ends_on else ""
    return begins + ends


def differences(desk: Desk, before: Sheet, after: Sheet) -> list[Difference]:
    """見直しで変わったこと, field by field in the sheet's order."""
    return [_difference(desk, one) for one in changes(before, after)]


def _difference(desk: Desk, change: Change) -> Difference:
    field, line, old, new = change
    title = f"{TITLES[field]} {line}" if line else TITLES[field]
    return Difference(title, _said(desk, field, old), _said(desk, field, new))


def _said(desk: Desk, field: str, value: object) -> str:
    match value:
        case None | "":
            return "（なし）"
        case bool():
            return "必要" if value else "不要"
        case date():
            return wareki(value)
        case Goal():
            return f"{value.problem} → {value.goal or '（目標なし）'}"
        case Task():
            return "　".join(text for text in task_cells(desk, value) if text)
        case _:
            return _agency(desk, str(value)) if field in _AGENCIES else str(value)


def _needed(needed: bool, text: str) -> str:  # noqa: FBT001  # a field of the sheet
    return "要" + (f"（{text}）" if text else "") if needed else "不要"


def _agency(desk: Desk, code: str | None) -> str:
    return desk.city.label("agencies", code) if code else ""


def _day(day: date | None) -> str:
    return wareki(day) if day else ""
