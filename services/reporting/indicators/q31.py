"""Q-31 支援プランの作成件数 (T-05, T-07). First plans and re-plans are both plans made, and shown
apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.reporting.heard import PlanAgreed
from services.reporting.indicators.definition import Countable, Definition, Memory
from services.reporting.indicators.places import DISTRICT, district_of


def observe(fact: PlanAgreed, _memory: Memory) -> Iterable[Countable]:
    dims = [
        "round:first" if fact.round == 1 else "round:replan",
        f"counter:{fact.counter or 'unknown'}",
        district_of(fact),
    ]
    if fact.participation:
        dims.append("with:participation")
    if fact.outreach:
        dims.append("with:outreach")
    return (Countable(1, tuple(dims), f"第{fact.round}回"),)


Q31 = Definition(
    id="Q-31",
    version=1,
    title="支援プランの作成件数",
    unit="件",
    programme="支援プランの作成",
    sentence=(
        "重層的支援会議で決めた支援プランの件数。初回のプランと見直しのプランをともに数え、"
        "内訳を示す。支援会議 (同意なし) の支援方針はプランに数えない。"
    ),
    observes={("coordination", "PlanAgreed"): observe},
    parts={"round": "初回・見直し", "with": "あわせて行う支援", "counter": "つないだ窓口"}
    | DISTRICT,
    many=frozenset({"with"}),
    apart=frozenset({"with"}),
    persons=True,
)
