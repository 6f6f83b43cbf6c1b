"""Finding consultations: the list with its filters, one row, and all rows of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias
from uuid import UUID

from services.intake.read.consultations import grams
from services.intake.read.terms import Term, plain_terms
from services.intake.words import URGENT
from shared.sourcing.log import Connection

Sort: TypeAlias = Literal["newest", "oldest", "urgency"]
PAGE = 20
MOST = 200
"""Rows of one answer at the most."""


@dataclass(frozen=True)
class ConsultationRow:
    """One consultation as lists show it. `access.py` says to whom its names are shown."""

    consultation_id: UUID
    case_id: UUID
    position: int
    received_on: date
    counter: str
    channel: str
    source: str
    age_band: str
    household_size: int | None
    issues: list[str]
    main_issue: str | None
    urgency: str | None
    catchment: str | None
    nurse_district: str | None
    returning: bool
    status: str
    name: str | None
    kana: str | None
    born_on: date | None
    basis: str | None
    """The ground of the newest escalation."""
    closed_on: date | None
    lead_agency: str | None
    led_on: str | None
    """The ground on which the 主担当 was handed the case; None: only who it is was told."""
    taken_by: list[str]
    """Counters that took a referral of it and are not done."""
    sent_to: list[str]
    """Counters whose answer to a referral is awaited, with the grounds in `sent_on_basis`."""
    sent_on_basis: list[str]
    place_note: str | None
    """Why no area is known (`Location.notes`)."""
    returned_on: date | None
    """When 多機関協働 gave the newest escalation back (T-02x)."""
    screening: str | None

    @property
    def mark(self) -> str:
        """Where the next page goes on."""
        return f"{self.received_on:%Y%m%d}-{self.position}-{int(self.urgency == URGENT)}"


@dataclass(frozen=True)
class Scope:
    """Whose names this person may search: their own counter's, and what was passed on to them."""

    agency: str | None
    escalated: bool = False


@dataclass(frozen=True)
class Question:
    """What the list is asked for."""

    counter: str | None = None
    status: str | None = None
    text: str | None = None
    since: date | None = None
    until: date | None = None
    after: str | None = None
    limit: int = PAGE
    issue: str | None = None
    district: str | None = None
    """担当保健師の地区. A town is personal: it is searched in `text`, among what one may see."""
    urgency: str | None = None
    sort: Sort = "newest"
    terms: tuple[Term, ...] = ()
    """`text` taken apart by `terms_of`; without it, no word of the text is a town."""


async def find(db: Connection, question: Question, scope: Scope) -> list[ConsultationRow]:
    """In the order that is asked for. One row more than the limit: there is a next page."""
    where = _Where()
    where.add("c.counter = {}", question.counter)
    where.add("c.status = {}", question.status)
    where.add("c.received_on >= {}", question.since)
    where.add("c.received_on <= {}", question.until)
    where.add("c.issues @> ARRAY[{}::text]", question.issue)
    where.add("c.nurse_district = {}", question.district)
    where.add("c.urgency = {}", question.urgency)
    if place := _place(question.after):
        condition, kept = _AFTER[question.sort]
        where.add(condition, *place[3 - kept :])
    if question.text and question.text.strip():
        _visible(where, scope)
        for term in question.terms or plain_terms(question.text):
            _search(where, term)
    limit = max(1, min(question.limit, MOST)) + 1
    sql = f"{ROWS}{where.sql()} ORDER BY {_ORDER[question.sort]} LIMIT {limit}"
    return [ConsultationRow(*row) for row in await db.fetch(sql, *where.values)]


async def consultation_row(db: Connection, consultation_id: UUID) -> ConsultationRow | None:
    """One consultation, None if there is none."""
    row = await db.fetchrow(ROWS + "WHERE c.consultation_id = $1", consultation_id)
    return ConsultationRow(*row) if row else None


async def of_case(db: Connection, case_id: UUID) -> list[ConsultationRow]:
    """All consultations of one case, newest first."""
    sql = ROWS + "WHERE c.case_id = $1 ORDER BY c.received_on DESC, c.position DESC LIMIT 100"
    return [ConsultationRow(*row) for row in await db.fetch(sql, case_id)]


async def former_cases(db: Connection, case_id: UUID) -> list[UUID]:
    """Cases of their own that consultations of this case had before they joined it (F-20)."""
    return [row[0] for row in await db.fetch(_FORMER, case_id)]


async def led_by(db: Connection, agency: str) -> list[ConsultationRow]:
    """主担当: the newest consultation of every closed case that this agency now leads (T-10)."""
    return [ConsultationRow(*row) for row in await db.fetch(_LED, agency, MOST)]


async def is_known(db: Connection, case_id: UUID) -> bool:
    """Have we ever heard of this case?"""
    found: bool = await db.fetchval(_KNOWN, case_id)
    return found


async def is_led_by(db: Connection, case_id: UUID, agency: str) -> bool:
    """Is this agency the 主担当 of the closed case, whether or not we received any of it?"""
    found: bool = await db.fetchval(_LEADS, case_id, agency)
    return found


class _Where:
    """Conditions that are asked for, and no others: a generic plan then uses the fitting index."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._parts: list[str] = []

    def add(self, condition: str, *values: Any) -> None:
        if any(value is None or value == "" for value in values):
            return
        start = len(self.values) + 1
        self.values.extend(values)
        self._parts.append(condition.format(*(f"${start + i}" for i in range(len(values)))))

    def sql(self) -> str:
        return "WHERE " + " AND ".join(self._parts) if self._parts else ""


def _search(where: _Where, term: Term) -> None:
    """One word: a part of name, kana or phone number, a birth date or a town."""
    ways: list[str] = []
    values: list[Any] = []
    if term.key:
        pattern = "%" + term.key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        like = "(c.name_key LIKE {0} OR c.kana_key LIKE {0} OR c.phone_key LIKE {0})"
        values.append(pattern)
        if pairs := grams(term.key):
            like = "(c.grams @> {1}::text[] AND " + like + ")"
            values.append(pairs)
        ways.append(like)
        if pairs:
            ways.append(_member("m.grams @> {1}::text[] AND (" + _NAMED + ")"))
    if term.born_on is not None:
        ways.append(_member("m.born_on = {" + str(len(values)) + "}"))
        values.append(term.born_on)
    for column, value in (("c.born_on", term.born_on), ("c.town", term.town)):
        if value is not None:
            ways.append(column + " = {" + str(len(values)) + "}")
            values.append(value)
    where.add("(" + " OR ".join(ways) + ")" if ways else "false", *values)


def _member(condition: str) -> str:
    """Cases of the household where it holds, looked up once, so that the list's index is used."""
    found = f"SELECT m.case_id FROM members m WHERE {condition} LIMIT 1000"  # noqa: S608 - our own text
    return f"c.case_id = ANY(ARRAY({found}))"


def _visible(where: _Where, scope: Scope) -> None:
    if scope.agency is None:
        where.add("false" if not scope.escalated else _PASSED_ON)
        return
    passed_on = f" OR {_PASSED_ON}" if scope.escalated else ""
    referred = (
        " OR EXISTS (SELECT FROM referrals r WHERE r.consultation_id = c.consultation_id"
        " AND r.to_counter = {0} AND r.stage IN ('sent', 'taken'))"
    )
    where.add("(c.counter = {0} OR s.lead_agency = {0}" + referred + passed_on + ")", scope.agency)


def _place(mark: str | None) -> tuple[bool, date, int] | None:
    """The row after which to go on; a mark nobody gave out starts from the top."""
    day, _, rest = (mark or "").partition("-")
    position, _, urgent = rest.partition("-")
    if not (len(day) == 8 and day.isdecimal() and position.isdecimal() and len(position) < 19):
        return None
    try:
        return urgent == "1", date(int(day[:4]), int(day[4:6]), int(day[6:])), int(position)
    except ValueError:
        return None


def rows_of(found: Sequence[ConsultationRow], limit: int) -> tuple[list[ConsultationRow], str]:
    """The rows to show, and where the next page goes on ("" on the last page)."""
    shown = list(found[:limit])
    return shown, shown[-1].mark if len(found) > limit else ""


_PASSED_ON = "(c.status <> 'open' AND e.basis <> 'support-meeting-asked')"
"""多機関協働 was handed the person: not while a 支援会議 is only asked for (T-03)."""
_NAMED = "m.name_key LIKE {0} OR m.kana_key LIKE {0}"
_ORDER: dict[Sort, str] = {
    "newest": "c.received_on DESC, c.position DESC",
    "oldest": "c.received_on, c.position",
    "urgency": "c.urgent DESC, c.received_on DESC, c.position DESC",
}
_AFTER: dict[Sort, tuple[str, int]] = {
    "newest": ("(c.received_on, c.position) < ({}, {})", 2),
    "oldest": ("(c.received_on, c.position) > ({}, {})", 2),
    "urgency": ("(c.urgent, c.received_on, c.position) < ({}, {}, {})", 3),
}
"""The rows that follow a mark, and how much of the mark says so."""
ROWS = """
SELECT c.consultation_id, c.case_id, c.position, c.received_on, c.counter, c.channel, c.source,
       c.age_band, c.household_size, c.issues, c.main_issue, c.urgency, c.catchment,
       c.nurse_district,
       c.came_back, c.status, c.name, c.kana, c.born_on, e.basis, s.closed_on, s.lead_agency,
       CASE WHEN s.lead_agency IS NOT NULL THEN (
         SELECT h.basis FROM handed_over h WHERE h.case_id = c.case_id
         ORDER BY h.received_on DESC, h.handover_id DESC LIMIT 1) END AS led_on,
       coalesce(f.taken_by, '{}') AS taken_by, coalesce(f.sent_to, '{}') AS sent_to,
       coalesce(f.sent_on_basis, '{}') AS sent_on_basis, c.place_note, e.returned_on, c.screening
FROM consultations c
LEFT JOIN escalations e ON e.escalation_id = c.escalation_id
LEFT JOIN case_standing s ON s.case_id = c.case_id AND s.closed_on IS NOT NULL
LEFT JOIN LATERAL (
  SELECT array_agg(r.to_counter) FILTER (WHERE r.stage = 'taken') AS taken_by,
         array_agg(r.to_counter ORDER BY r.referral_id) FILTER (WHERE r.stage = 'sent') AS sent_to,
         array_agg(r.basis ORDER BY r.referral_id) FILTER (WHERE r.stage = 'sent') AS sent_on_basis
  FROM referrals r WHERE r.consultation_id = c.consultation_id
) f ON true
"""
# Only our own constants are put together here.
_LED = f"""
SELECT * FROM (
  SELECT DISTINCT ON (found.case_id) found.* FROM ({ROWS} WHERE s.lead_agency = $1) found
  ORDER BY found.case_id, found.received_on DESC, found.position DESC
) newest ORDER BY closed_on DESC, case_id LIMIT $2
"""  # noqa: S608 - the parts are our own text, values are $n
_FORMER = """
SELECT DISTINCT told_under FROM consultations
WHERE case_id = $1 AND told_under <> $1 AND NOT came_back ORDER BY told_under
"""
_KNOWN = """
SELECT EXISTS (SELECT FROM consultations WHERE case_id = $1)
    OR EXISTS (SELECT FROM consultations WHERE told_under = $1 AND told_under <> case_id)
    OR EXISTS (SELECT FROM handed_over WHERE case_id = $1)
"""
_LEADS = """
SELECT EXISTS (SELECT FROM case_standing
               WHERE case_id = $1 AND lead_agency = $2 AND closed_on IS NOT NULL)
"""
