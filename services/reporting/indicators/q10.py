"""Q-10 介護予防リーダー自主グループ数.

A stock like Q-05: entries of the directory of the kind 体操・介護予防の自主グループ, from the day
they were registered until the day they were retired.
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

GROUP = "exercise-group"


def registered(fact: ResourceRegistered, _memory: Memory) -> Iterable[Countable]:
    said = f"登録 {fact.name}"
    return (Countable(1, (), said, thing=fact.resource_id),) if fact.kind == GROUP else ()


def corrected(fact: ResourceCorrected, memory: Memory) -> Iterable[Countable]:
    """It became a group, or was none after all."""
    change = (fact.kind == GROUP) - (kind_of(memory.kept, fact.resource_id) == GROUP)
    said = f"種類の訂正 {fact.name}"
    return (Countable(change, (), said, thing=fact.resource_id),) if change else ()


def retired(fact: ResourceRetired, memory: Memory) -> Iterable[Countable]:
    if kind_of(memory.kept, fact.resource_id) != GROUP:
        return ()
    return (Countable(-1, (), "廃止", thing=fact.resource_id),)


def reopened(fact: ResourceReopened, _memory: Memory) -> Iterable[Countable]:
    if fact.kind != GROUP:
        return ()
    return (Countable(1, (), "再開", thing=fact.resource_id),)


Q10 = Definition(
    id="Q-10",
    version=1,
    title="介護予防リーダー自主グループ数",
    unit="グループ",
    programme="地域づくりに向けた支援",
    term="自主グループ：介護予防リーダーなどが自分たちで続ける、体操や介護予防のグループ。",
    counts=(
        "社会資源の台帳に「体操・介護予防の自主グループ」として登録されているものの数。年度の値は"
        "3月31日現在、進行中の年度は今日現在、各月は月末現在の数。"
    ),
    leaves_out=(
        "廃止されたものと、ほかの種類の場は数えない。活動の回数や利用者の数ではない (Q-11)。"
    ),
    observes={
        ("community", "ResourceRegistered"): registered,
        ("community", "ResourceCorrected"): corrected,
        ("community", "ResourceRetired"): retired,
        ("community", "ResourceReopened"): reopened,
    },
    stock=True,
)
