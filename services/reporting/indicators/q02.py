"""Q-02 保健福祉支援係における相談件数.

One consultation received at the counter that does 多機関協働 is one. `ConsultationAttached` (F-20)
joins a consultation to a known case and changes no count: the approach took place all the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.reporting.heard import ConsultationReceived
from services.reporting.indicators.definition import Countable, Definition, Memory
from services.reporting.indicators.places import PLACES, places_of
from services.reporting.indicators.sheets import observing_sheets


def observe(fact: ConsultationReceived, memory: Memory) -> Iterable[Countable]:
    if fact.counter != memory.desk:
        return ()
    dims = (f"channel:{fact.channel}", f"source:{fact.source}", f"age_band:{fact.age_band}")
    return (Countable(1, dims + places_of(fact)),)


Q02 = Definition(
    id="Q-02",
    version=1,
    title="保健福祉支援係における相談件数",
    unit="件",
    programme="属性を問わない相談支援",
    term="相談：窓口への一回の相談。同じ方の支援の経過全体は「ケース」という。",
    counts=(
        "多機関協働を担う窓口で受け止めた相談の件数。1回の相談を1件と数え、同じ方が再び相談した"
        "ときも1件と数える。年度は相談日で決まる。"
        "票を直したときは、直した後の内容で数える。"
    ),
    leaves_out=(
        "ほかの窓口の相談は数えない。人数やケースの数ではない。相談を既知のケースに合わせても件数"
        "は変わらない。"
    ),
    observes=observing_sheets(observe),
    parts={"channel": "受付の方法", "source": "相談の経路", "age_band": "年齢層"} | PLACES,
    persons=True,
    # Q-28 counts those from the community, too; districts and catchments overlap.
    unpublished=frozenset({"source", "catchment"}),
)
