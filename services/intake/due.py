"""やること: what is due, overdue or silent at a counter, by rules one can read (F-11, N-04, G-3).

Each rule takes a row as it stands and says the day by which something has to happen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from services.intake.desk import Desk
from services.intake.read.queued import (
    promised_at,
    returned_to,
    unplaced_at,
    urgent_at,
    without_district,
)
from services.intake.read.referrals import ReferralRow, running_from, running_to
from services.intake.read.searching import ConsultationRow
from shared.vocabulary.entries import Deadlines

SOON = 7
"""Days ahead that are worth a look."""

Kind: TypeAlias = Literal[
    "urgent", "returned", "answer", "finish", "remind", "town", "district", "promise"
]
State: TypeAlias = Literal["late", "today", "soon", "later"]


@dataclass(frozen=True)
class Due:
    """One thing to do."""

    on: date
    kind: Kind
    """The rule that found it."""
    todo: str
    href: str
    row: ConsultationRow | None = None
    counter: str | None = None
    """The other counter of a referral."""

    def days_late(self, today: date) -> int:
        return (today - self.on).days

    def state(self, today: date) -> State:
        late = self.days_late(today)
        if late > 0:
            return "late"
        return "today" if late == 0 else "soon" if late >= -SOON else "later"


async def all_due(desk: Desk, counter: str) -> list[Due]:
    """All that is due at this counter, the oldest first. The desk for all also minds the towns that
    no nurse has.
    """
    db, limits = desk.db, desk.city.deadlines
    unassigned = await without_district(db) if counter == desk.city.general_desk else []
    found = [
        *of_urgent(await urgent_at(db, counter)),
        *of_returned(await returned_to(db, counter), limits),
        *of_referrals_here(await running_to(db, counter), limits),
        *of_referrals_sent(await running_from(db, counter), desk.clock.today()),
        *of_towns(await unplaced_at(db, counter), limits),
        *of_districts(unassigned, limits),
        *of_promises(await promised_at(db, counter)),
    ]
    return sorted(found, key=lambda one: (one.on, one.href))


def of_urgent(rows: Iterable[ConsultationRow]) -> Iterator[Due]:
    """緊急: on the day itself, until it is passed on, referred, or no longer urgent."""
    todo = "緊急の相談です。つなぐか紹介する。落ち着いたら票の緊急度を直す"
    for row in rows:
        yield Due(row.received_on, "urgent", todo, _record(row), row)


def of_returned(rows: Iterable[ConsultationRow], limits: Deadlines) -> Iterator[Due]:
    """戻ってきた (T-02x): it goes on in ordinary cooperation, and something says so."""
    todo = "多機関協働から戻りました。通常の連携で対応し、票に書く"
    for row in rows:
        on = (row.returned_on or row.received_on) + timedelta(days=limits.next_step)
        yield Due(on, "returned", todo, _record(row), row)


def of_referrals_here(rows: Iterable[ReferralRow], limits: Deadlines) -> Iterator[Due]:
    """届いた紹介: answered by its day; taken, and brought to an end."""
    for one in rows:
        here = f"/intake/referrals/{one.referral_id}"
        if one.stage == "sent":
            yield Due(one.answer_by, "answer", "紹介に返事をする", here, counter=one.from_counter)
        else:
            on = (one.answered_on or one.sent_on) + timedelta(days=limits.silence)
            todo = "受けた紹介が終わっていません。終わりを紹介元に伝える"
            yield Due(on, "finish", todo, here, counter=one.from_counter)


def of_referrals_sent(rows: Iterable[ReferralRow], today: date) -> Iterator[Due]:
    """出した紹介: nobody answered in time."""
    for one in rows:
        if one.is_late(today):
            here = f"/intake/referrals/{one.referral_id}"
            todo = "紹介に返事がありません。頼み直すか、取り消す"
            yield Due(one.answer_by, "remind", todo, here, counter=one.to_counter)


def of_towns(rows: Iterable[ConsultationRow], limits: Deadlines) -> Iterator[Due]:
    """町が不明 (V-1): areas stay open until the sheet is put right."""
    todo = "住所から町名がわかりません。確かめて票を直す"
    for row in rows:
        on = row.received_on + timedelta(days=limits.next_step)
        yield Due(on, "town", todo, _record(row), row)


def of_districts(rows: Iterable[ConsultationRow], limits: Deadlines) -> Iterator[Due]:
    """地区担当が未定 (G-3): the desk for all sees to it."""
    todo = "地区担当の決まっていない町の相談です。担当の保健師を決めて窓口に伝える"
    for row in rows:
        on = row.received_on + timedelta(days=limits.next_step)
        yield Due(on, "district", todo, _record(row), row)


def of_promises(found: Iterable[tuple[date, ConsultationRow]]) -> Iterator[Due]:
    """支援経過 named a day (F-07): until it has come and something more was written."""
    for on, row in found:
        yield Due(on, "promise", "支援経過で決めた予定の日です", _record(row), row)


def _record(row: ConsultationRow) -> str:
    return f"/intake/consultations/{row.consultation_id}"
