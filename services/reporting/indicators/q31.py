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
    term="支援プラン：重層的支援会議で決める、役割と目標の計画。",
    counts=(
        "重層的支援会議で決めた支援プランの件数。初回のプランと見直しのプランをともに数え、内訳を"
        "示す。"
    ),
    leaves_out=(
        "支援会議 (同意なし) の支援方針と、決める前の下書きはプランに数えない。参加支援プラン"
        " (S-04) は数えない。"
    ),
    observes={("coordination", "PlanAgreed"): observe},
    parts={"round": "初回・見直し", "with": "あわせて行う支援", "counter": "つないだ窓口"}
    | DISTRICT,
    many=frozenset({"with"}),
    apart=frozenset({"with"}),
    persons=True,
)
