"""Q-05 集いの場や居場所など地域の社会資源の数.

A stock, not a flow: registered minus retired up to and including a day. A resource counts from the
day it was registered and no longer from the day it was retired. The figure of a fiscal year is the
stock on 31 March, of the running year the stock today; each month shows the stock on its last day.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.reporting.heard import (
    ResourceCorrected,
    ResourceRegistered,
    ResourceReopened,
    ResourceRetired,
)
from services.reporting.indicators.definition import Countable, Definition, Memory
from services.reporting.remembering import kind_of


def registered(fact: ResourceRegistered, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, (f"kind:{fact.kind}",), f"登録 {fact.name}", thing=fact.resource_id),)


def corrected(fact: ResourceCorrected, memory: Memory) -> Iterable[Countable]:
    """Another kind: it leaves the one and joins the other on that day; the total stays."""
    before = kind_of(memory.kept, fact.resource_id)
    if before == fact.kind:
        return ()
    return (
        Countable(-1, (f"kind:{before}",), f"種類の訂正 {fact.name}", thing=fact.resource_id),
        Countable(1, (f"kind:{fact.kind}",), f"種類の訂正 {fact.name}", thing=fact.resource_id),
    )


def retired(fact: ResourceRetired, memory: Memory) -> Iterable[Countable]:
    kind = kind_of(memory.kept, fact.resource_id)
    return (Countable(-1, (f"kind:{kind}",), "廃止", thing=fact.resource_id),)


def reopened(fact: ResourceReopened, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, (f"kind:{fact.kind}",), "再開", thing=fact.resource_id),)


Q05 = Definition(
    id="Q-05",
    version=1,
    title="集いの場や居場所など地域の社会資源の数",
    unit="か所",
    programme="参加支援",
    term="社会資源：集いの場や居場所など、社会資源の台帳に登録された場。",
    counts=(
        "登録された社会資源から廃止されたものを除いた数。登録の日から数える。年度の値は3月31日"
        "現在、進行中の年度は今日現在、各月は月末現在の数。"
    ),
    leaves_out="廃止の日から数えない。年度のうちに新しくできた場の数でも、利用した人の数でもない。",
    observes={
        ("community", "ResourceRegistered"): registered,
        ("community", "ResourceCorrected"): corrected,
        ("community", "ResourceRetired"): retired,
        ("community", "ResourceReopened"): reopened,
    },
    parts={"kind": "社会資源の種類"},
    stock=True,
)
