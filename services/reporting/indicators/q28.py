"""Q-28 地域からの相談件数.

The plan does not define it (X-25): tips that outreach was given, and consultations whose
相談経路 the city's list marks as from the community. At 多機関協働's own counter the latter are in
Q-02, too.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.reporting.heard import ConsultationReceived, TipReceived
from services.reporting.indicators.definition import Countable, Definition, Memory
from services.reporting.indicators.places import PLACES, places_of
from services.reporting.indicators.sheets import observing_sheets


def told(fact: TipReceived, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, ("by:tip", f"source:{fact.source}", *places_of(fact))),)


def consulted(fact: ConsultationReceived, memory: Memory) -> Iterable[Countable]:
    if fact.source not in memory.community:
        return ()
    dims = ("by:consultation", f"source:{fact.source}", f"counter:{fact.counter}")
    overlap = ("overlap:q02",) if fact.counter == memory.desk else ()
    return (Countable(1, (*dims, *overlap, *places_of(fact))),)


Q28 = Definition(
    id="Q-28",
    version=1,
    title="地域からの相談件数",
    unit="件",
    programme="アウトリーチ等を通じた継続的支援",
    term="地域からの相談：近隣、民生委員、町内会、商店など地域の方からの知らせや相談。",
    counts=(
        "地域の方からアウトリーチに知らせのあった件数と、地域の方を相談経路として窓口で受け止めた"
        "相談の件数の合計。多機関協働を担う窓口で受け止めた相談はQ-02にも数え、重なる件数を内"
        "訳に示す。"
        "票を直したときは、直した後の内容で数える。"
    ),
    leaves_out="見回りで職員が気づいた方は数えない。本人や家族、関係機関からの相談は数えない。",
    observes={
        ("outreach", "TipReceived"): told,
        **observing_sheets(consulted),
    },
    parts={
        "by": "受け止め方",
        "source": "だれから",
        "counter": "受け止めた窓口",
        "overlap": "ほかの指標との重なり",
    }
    | PLACES,
    persons=True,
    # Q-02 counts those at its counter; a source may be heard of in one way only.
    unpublished=frozenset({"source", "counter", "overlap", "catchment"}),
)
