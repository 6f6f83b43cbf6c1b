"""S-02: every consultation at every counter, for the national return and the quality of the data.

No indicator of the plan, whose Q-02 … Q-04 look at one counter only. One row per consultation, with
all its issues on it: so a return's row of several codes counts a consultation once (F-16). What the
fact lacks stands on it, too (F-29).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from services.reporting.heard import ConsultationReceived
from services.reporting.indicators.definition import Countable, Definition, Memory
from services.reporting.indicators.places import PLACES, places_of
from services.reporting.indicators.sheets import observing_sheets


def observe(fact: ConsultationReceived, _memory: Memory) -> Iterable[Countable]:
    dims = (
        f"counter:{fact.counter}",
        f"channel:{fact.channel}",
        f"source:{fact.source}",
        f"age_band:{fact.age_band}",
        *(f"issue:{issue}" for issue in dict.fromkeys(fact.issues)),
        *places_of(fact),
        *(f"lacks:{what}" for what in _lacking(fact)),
    )
    return (Countable(1, dims),)


def _lacking(fact: ConsultationReceived) -> Iterator[str]:
    """A town always has a catchment (G-1), so without one the town is not known."""
    if not fact.issues:
        yield "issues"
    if fact.catchment is None:
        yield "town"
    elif fact.nurse_district is None:
        yield "district"


EVERYWHERE = Definition(
    id="S-02",
    version=1,
    title="すべての窓口の相談",
    unit="件",
    programme="計画の外の問い",
    counts=(
        "どの窓口であっても、受け止めた相談を1件と数える。課題が3種類ある相談は、それぞれの課題の内訳に"
        "1件ずつ入り、合計では1件。票を直したときは、直した後の内容で数える。"
        "年度は相談日で決まる。指標ではない。"
    ),
    observes=observing_sheets(observe),
    parts={
        "counter": "窓口",
        "channel": "受付の方法",
        "source": "相談の経路",
        "age_band": "年齢層",
        "issue": "課題の種類",
        "lacks": "記録にないこと",
    }
    | PLACES,
    persons=True,
    many=frozenset({"issue", "lacks"}),
)
