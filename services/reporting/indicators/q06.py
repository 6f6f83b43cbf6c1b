"""Q-06 社会資源をマッチングした件数 (T-22). Each match of a person with a place is one.

One that was withdrawn as a mistake is taken back on the day it was counted on.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.reporting.heard import MatchWithdrawn, PlaceMatched
from services.reporting.indicators.definition import Countable, Definition, Memory
from services.reporting.indicators.places import DISTRICT, district_of


def observe(fact: PlaceMatched, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, (district_of(fact),)),)


def withdrawn(fact: MatchWithdrawn, _memory: Memory) -> Iterable[Countable]:
    return (Countable(-1, (district_of(fact),), note="取消", day=fact.matched_on),)


Q06 = Definition(
    id="Q-06",
    version=1,
    title="社会資源をマッチングした件数",
    unit="件",
    programme="参加支援",
    term="マッチング：本人と受け入れ先 (社会資源) を結びつけること。",
    counts=(
        "参加支援で、本人と受け入れ先をマッチングした件数。同じ方が別の受け入れ先と新たに結びつい"
        "たときは、それも1件と数える。"
    ),
    leaves_out=(
        "見学・体験だけのものは数えない。誤って記録したマッチングを取り消したときは、記録した日の"
        "件数から除く。人数ではない。"
    ),
    observes={
        ("participation", "PlaceMatched"): observe,
        ("participation", "MatchWithdrawn"): withdrawn,
    },
    parts=DISTRICT,
    persons=True,
)
