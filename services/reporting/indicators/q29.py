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
    term="申込：多機関協働事業の利用を、相談受付・申込票で申し込むこと。",
    counts=(
        "相談受付・申込票を受け付けた件数。年度は受け付けた日で決まる。差し戻されて再び申し込んだ"
        "ときは、それも1件と数える。"
    ),
    leaves_out="窓口からの紹介だけで申込みのないものは数えない。",
    observes={("coordination", "ApplicationReceived"): observe},
    parts={"counter": "つないだ窓口"} | DISTRICT,
    persons=True,
)
