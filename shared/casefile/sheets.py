"""相談受付・申込票 (S-01), インテーク・アセスメントシート (S-02) from the data (4.1, 4.2).

Pure: what is shown was allowed and logged before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from shared.casefile.family import Family
from shared.paper.paper import Block, Drawing, Facts, Grid, Paper, Signature, Story, Ticks
from shared.vocabulary.city import City
from shared.vocabulary.counter_file import WrittenAssessment, WrittenSheet
from shared.vocabulary.relations import SEX
from shared.vocabulary.wareki import wareki

MEMBER_HEADS = ("続柄", "氏名", "年齢", "職業", "同居・別居", "備考")
APPLICATION = (
    "相談支援を申し込みます。相談にあたり、個人情報の取扱いに関する規程の説明を受け、"
    "支援に必要な範囲で関係機関と情報を共有することに同意します。"
)


@dataclass(frozen=True)
class Printed:
    """Who prints for whom, and when."""

    city: City
    record: UUID
    """The consultation, or the case at 多機関協働: what the number leads to."""
    sheet: WrittenSheet
    staff: str
    today: date
    received_by: str = ""
    """受付者: by the name they sign in with."""

    @property
    def foot(self) -> str:
        return f"個人情報・取扱注意　{self.city.name}　印刷 {wareki(self.today)} {self.staff}"

    @property
    def number(self) -> str:
        """Short enough to be said on the phone; the record is found by it."""
        return str(self.record)[:8].upper()

    @property
    def age(self) -> str:
        """In full years on the day of the consultation."""
        born, on = self.sheet.born_on, self.sheet.received_on or self.today
        if born is None:
            return ""
        return f"{on.year - born.year - ((on.month, on.day) < (born.month, born.day))}歳"


def reception_sheet(of: Printed) -> Paper:
    """S-01: the sheet as it was received, to be signed by the person."""
    city, sheet = of.city, of.sheet
    return Paper(
        "相談受付・申込票",
        (
            Facts("受付", _reception(of)),
            Facts("ご本人", _person(of)),
            Facts("来談者（ご本人以外）", _visitor(of)),
            Ticks(
                "相談内容（○、いちばんのものに◎）",
                marks(city, "topics", sheet.topics, sheet.main_topic),
            ),
            Ticks("課題の種類", marks(city, "issues", sheet.issues, sheet.main_issue)),
            Story("相談の内容", sheet.content or "", lines=8),
            Story("ご本人の希望", sheet.wishes or "", lines=4),
            Signature("申込と同意", APPLICATION, ("氏名（自署）",)),
        ),
        above=(
            ("番号", of.number),
            ("受付日", wareki(sheet.received_on) if sheet.received_on else ""),
        ),
        foot=of.foot,
    )


def assessment_sheet(
    of: Printed, sheet: WrittenAssessment, family: Family, drawings: tuple[str, str]
) -> Paper:
    """S-02: the household with ジェノグラム and エコマップ, then the city's questions in their
    sections.
    """
    members = tuple(
        (
            one.relation,
            one.name,
            one.age,
            one.occupation or "",
            one.living,
            one.note or "",
        )
        for one in family.rows
    )
    said = "、".join(f"{row[0]} {row[1]}" for row in members) or "本人のみ"
    tied = "、".join(f"{one.who}（{one.kind}）" for one in family.ties) or "記録なし"
    blocks: tuple[Block, ...] = (
        Facts("ご本人", _person(of)),
        Grid("家族構成", MEMBER_HEADS, members, (2, 4, 2, 3, 3, 4)),
        Drawing(
            "ジェノグラム（□男性 ○女性 ◇不明　二重 本人　× 故人　点線 別居）", drawings[0], said
        ),
        Drawing(
            "エコマップ（太線 強い　破線 弱い　ぎざぎざ ストレス　斜め二本 途切れた）",
            drawings[1],
            tied,
        ),
        *_questions(of.city, sheet, of.today),
    )
    written = wareki(sheet.assessed_on) if sheet.assessed_on else ""
    above = (("番号", of.number), ("記入日", written), ("版", str(sheet.edition)))
    return Paper("インテーク・アセスメントシート", blocks, above=above, foot=of.foot)


def marks(
    city: City, kind: str, ticked: Sequence[str], main: str | None
) -> tuple[tuple[str, str], ...]:
    """Everything the city's list has, marked ◎ or ○."""
    codes = dict.fromkeys([*city.codes(kind), *ticked])
    return tuple(
        ("◎" if code == main else "○" if code in ticked else "", city.label(kind, code))
        for code in codes
    )


def _reception(of: Printed) -> tuple[tuple[str, str], ...]:
    city, sheet = of.city, of.sheet
    return (
        ("受付窓口", city.label("counters", sheet.counter)),
        ("受付者", of.received_by),
        ("どこの窓口か", sheet.office or ""),
        ("受付の方法", city.label("channels", sheet.channel) if sheet.channel else ""),
        ("相談の経路", city.label("sources", sheet.source) if sheet.source else ""),
        ("緊急度", city.label("urgencies", sheet.urgency) if sheet.urgency else ""),
        ("結果", city.label("screenings", sheet.screening) if sheet.screening else ""),
        ("再相談", "はい" if sheet.returning else "いいえ"),
    )


def _person(of: Printed) -> tuple[tuple[str, str], ...]:
    sheet, city = of.sheet, of.city
    return (
        ("ふりがな", sheet.kana or ""),
        ("性別", SEX[sheet.sex]),
        ("氏名", sheet.name or ""),
        ("生年月日", f"{wareki(sheet.born_on)}（{of.age}）" if sheet.born_on else ""),
        ("住所", sheet.address or ""),
        ("電話番号", sheet.phone or ""),
        ("メールアドレス", sheet.email or ""),
        ("世帯人数", f"{sheet.household_size}人" if sheet.household_size else ""),
        ("包括の圏域", city.label("catchments", sheet.catchment) if sheet.catchment else "不明"),
    )


def _visitor(of: Printed) -> tuple[tuple[str, str], ...]:
    sheet = of.sheet
    return (
        ("氏名", sheet.visitor_name or ""),
        ("本人との関係", sheet.visitor_relation or ""),
        ("電話番号", sheet.visitor_phone or ""),
    )


def _questions(city: City, sheet: WrittenAssessment, today: date) -> list[Block]:
    """Short answers of a section in pairs, long ones in boxes below."""
    blocks: list[Block] = []
    items = [one for one in city.assessment_items if one.holds(today) or one.code in sheet.answers]
    for heading, group in groupby(items, lambda one: one.section):
        asked = list(group)
        short = [one for one in asked if one.lines == 1]
        if short:
            rows = tuple((one.label, sheet.answers.get(one.code, "")) for one in short)
            blocks.append(Facts(heading, rows))
        for one in asked:
            if one.lines > 1:
                title = f"{heading}：{one.label}"
                blocks.append(Story(title, sheet.answers.get(one.code, ""), one.lines))
    return blocks
