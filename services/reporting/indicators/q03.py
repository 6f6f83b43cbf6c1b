"""Q-03 相談者に関わる課題の種類.

Of Q-02's consultations: every kind of issue ticked on one consultation is one. A
consultation with three kinds counts three, one without any counts nothing; the same kind ticked
twice on one sheet is one.
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
    places = places_of(fact)
    return [Countable(1, (f"issue:{issue}", *places)) for issue in dict.fromkeys(fact.issues)]


Q03 = Definition(
    id="Q-03",
    version=1,
    title="相談者に関わる課題の種類",
    unit="件",
    programme="属性を問わない相談支援",
    term="課題の種類：相談受付・申込票で○を付けた課題。",
    counts=(
        "多機関協働を担う窓口の相談 (Q-02) で把握した課題を、種類ごとに数えた延べ件数。1"
        "件の相談に課題が3種類あれば3件と数える。"
        "票を直したときは、直した後の内容で数える。"
    ),
    leaves_out="課題の記録がない相談は数えない。同じ票に同じ課題が2回あっても1件。相談の件数ではない。",
    observes=observing_sheets(observe),
    parts={"issue": "課題の種類"} | PLACES,
    persons=True,
    unpublished=frozenset({"catchment"}),
)
