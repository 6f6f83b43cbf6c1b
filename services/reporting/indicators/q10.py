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
    return (Countable(1, (), "登録"),) if fact.kind == GROUP else ()


def corrected(fact: ResourceCorrected, memory: Memory) -> Iterable[Countable]:
    """It became a group, or was none after all."""
    change = (fact.kind == GROUP) - (kind_of(memory.kept, fact.resource_id) == GROUP)
    return (Countable(change, (), "種類の訂正"),) if change else ()


def retired(fact: ResourceRetired, memory: Memory) -> Iterable[Countable]:
    return (Countable(-1, (), "廃止"),) if kind_of(memory.kept, fact.resource_id) == GROUP else ()


def reopened(fact: ResourceReopened, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, (), "再開"),) if fact.kind == GROUP else ()


Q10 = Definition(
    id="Q-10",
    version=1,
    title="介護予防リーダー自主グループ数",
    unit="グループ",
    programme="地域づくりに向けた支援",
    sentence=(
        "社会資源の台帳に「体操・介護予防の自主グループ」として登録され、廃止されていないものの数。"
        "年度の値は3月31日現在、進行中の年度は今日現在、各月は月末現在の数。"
    ),
    observes={
        ("community", "ResourceRegistered"): registered,
        ("community", "ResourceCorrected"): corrected,
        ("community", "ResourceRetired"): retired,
        ("community", "ResourceReopened"): reopened,
    },
    stock=True,
)
