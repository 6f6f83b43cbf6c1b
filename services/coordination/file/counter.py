"""窓口の記録 that a counter handed on, as the case page shows it and its papers print it (T-02)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.coordination.desk import Desk
from services.coordination.domain.person import Person
from services.coordination.read.cases import CaseRow, handovers_of
from shared.casefile.family import Family, family_of
from shared.casefile.genogram import Own
from shared.vocabulary.city import City
from shared.vocabulary.counter_file import CounterFile, WrittenAssessment, WrittenSheet
from shared.vocabulary.relations import SEX
from shared.vocabulary.wareki import wareki


@dataclass(frozen=True)
class CounterRecord:
    """The same in words and drawings."""

    sheet: list[tuple[str, str]]
    family: Family
    answers: list[tuple[str, str]]
    """Question and answer of the アセスメントシート."""
    assessed_on: str


async def counter_file_of(desk: Desk, case_id: UUID) -> CounterFile | None:
    """What was handed on last; None where no counter did, or the person was forgotten."""
    for handover_id in reversed(await handovers_of(desk.db, case_id)):
        for received in await desk.handovers.history(handover_id):
            if received.event.file is not None:
                return received.event.file
    return None


def record_of(desk: Desk, file: CounterFile, person: Person) -> CounterRecord:
    assessed = file.assessment or WrittenAssessment()
    asked = {one.code: one.label for one in desk.city.assessment_items}
    return CounterRecord(
        [(term, text) for term, text in _sheet(desk.city, file.sheet) if text],
        drawn(desk, file, person),
        [(asked.get(code, code), text) for code, text in assessed.answers.items() if text],
        wareki(assessed.assessed_on) if assessed.assessed_on else "",
    )


def drawn(desk: Desk, file: CounterFile, person: Person) -> Family:
    own = Own(person.name, person.born_on)
    return family_of(desk.city, file.members, file.ties, own, desk.clock.today())


def for_paper(file: CounterFile | None, row: CaseRow, person: Person) -> CounterFile:
    """Completed by what the person told us since; without a counter's file the little we know, so
    that there is a sheet to be filled in and signed (T-02).
    """
    if file is None:
        file = CounterFile(
            sheet=WrittenSheet(
                counter=row.counter,
                household_size=row.household_size,
                issues=tuple(row.issues),
                catchment=row.catchment,
                nurse_district=row.nurse_district,
                content=person.narrative,
            )
        )
    told = {name: getattr(person, name) for name in _TOLD if getattr(person, name) is not None}
    return file.model_copy(update={"sheet": file.sheet.model_copy(update=told)})


_TOLD = ("name", "kana", "born_on", "address", "phone", "wishes")


def _sheet(city: City, sheet: WrittenSheet) -> Iterator[tuple[str, str]]:
    """Who came, and what was ticked; the person and the story stand above."""
    for term, kind, code in (
        ("受付窓口", "counters", sheet.counter),
        ("受付の方法", "channels", sheet.channel),
        ("相談の経路", "sources", sheet.source),
        ("緊急度", "urgencies", sheet.urgency),
        ("受付の結果", "screenings", sheet.screening),
    ):
        yield term, city.label(kind, code) if code else ""
    yield "どこの窓口か", sheet.office or ""
    yield "受付日", wareki(sheet.received_on) if sheet.received_on else ""
    came = (sheet.visitor_relation, sheet.visitor_name, sheet.visitor_phone)
    yield "来談者", " ".join(filter(None, came)) or "本人"
    yield "性別", SEX[sheet.sex]
    yield "メールアドレス", sheet.email or ""
    yield "相談内容", _ticked(city, "topics", sheet.topics, sheet.main_topic)
    yield "課題の種類", _ticked(city, "issues", sheet.issues, sheet.main_issue)
    yield "相談の内容", sheet.content or ""
    yield "本人の希望", sheet.wishes or ""


def _ticked(city: City, kind: str, codes: Sequence[str], main: str | None) -> str:
    return "、".join(f"{'◎' if code == main else ''}{city.label(kind, code)}" for code in codes)
