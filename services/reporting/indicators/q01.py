"""Q-01 各分野における分野を超えて対応した相談件数 (X-24).

A consultation that intake's versioned rule, or a member of staff, holds to reach beyond the field
of the counter it came to is one, under the programme of that counter. What is put right later is
one more or one less in the year of the consultation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from services.reporting.heard import BeyondFieldReviewed, ConsultationReceived
from services.reporting.indicators.definition import Countable, Definition, Memory, Within
from services.reporting.indicators.places import DISTRICT, district_of


def observe(fact: ConsultationReceived, _memory: Memory) -> Iterable[Countable]:
    if not fact.beyond_field:
        return ()
    return (Countable(1, _dims(fact)),)


def observe_review(fact: BeyondFieldReviewed, _memory: Memory) -> Iterable[Countable]:
    note = "職員が訂正" if fact.by == "staff" else "世帯の記録から"
    return (Countable(1 if fact.beyond else -1, _dims(fact), note),)


def _dims(fact: ConsultationReceived | BeyondFieldReviewed) -> tuple[str, ...]:
    """A review names the district under which the consultation was counted."""
    return f"programme:{fact.programme}", f"counter:{fact.counter}", district_of(fact)


Q01 = Definition(
    id="Q-01",
    version=1,
    title="各分野における分野を超えて対応した相談件数",
    unit="件",
    programme="属性を問わない相談支援",
    term="分野を超えた対応：窓口の分野とは別の分野の課題や世帯員を含む相談への対応。",
    counts=(
        "四つの分野の窓口で受け止めた相談のうち、課題・本人の年齢・同居の世帯員の年齢の一つ以上が"
        "、その窓口の分野とは別の分野にあてはまるものの件数 (規則 第1版)。職員が理由を付けて"
        "直したものは、直した後の答えで数える。年度は相談日で決まる。"
    ),
    leaves_out="どの分野の窓口でもない窓口の相談は数えない。窓口どうしの紹介の数ではない。",
    observes={
        ("intake", "ConsultationReceived"): observe,
        ("intake", "BeyondFieldReviewed"): observe_review,
    },
    parts={"programme": "分野 (事業)", "counter": "窓口"} | DISTRICT,
    persons=True,
    # Counters lie within programmes.
    unpublished=frozenset({"counter"}),
)

FIELDS = tuple(
    replace(
        Q01,
        id=f"{Q01.id}{letter}",
        title=f"{Q01.title} ({code})",
        counts=f"Q-01のうち、「{code}」の窓口で受け止めた相談の件数。数え方はQ-01と同じ。",
        leaves_out="ほかの分野の窓口で受け止めた相談は数えない。",
        observes={},
        parts={},
        unpublished=frozenset(),
        within=Within(Q01.id, "programme", code),
    )
    for letter, code in zip("abcd", ("1イ", "1ロ", "1ハ", "1ニ"), strict=True)
)
"""Q-01a … Q-01d: the plan's four rows, one for each of the four fields."""
