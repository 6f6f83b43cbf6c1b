"""Q-29 多機関協働事業申込件数 (T-02). Each received 相談受付・申込票 is one."""

from __future__ import annotations

from collections.abc import Iterable

from services.reporting.heard import ApplicationReceived
from services.reporting.indicators.definition import Countable, Definition, Memory
from services.reporting.indicators.places import DISTRICT, district_of


def observe(fact: ApplicationReceived, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, (f"counter:{fact.counter or 'unknown'}", district_of(fact))),)


Q29 = Definition(
    id="Q-29",
    version=1,
    title="多機関協働事業申込件数",
    unit="件",
    programme="多機関協働",
    sentence="相談受付・申込票を受け付けた件数。年度は受け付けた日で決まる。",
    observes={("coordination", "ApplicationReceived"): observe},
    parts={"counter": "つないだ窓口"} | DISTRICT,
    persons=True,
)
