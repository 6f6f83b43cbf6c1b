"""Q-04 相談者に関わる課題の数 (1人あたり).

Q-03's issues divided by Q-02's consultations: what weighs on one person who comes. A consultation
without a ticked issue is a person with none.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.reporting.heard import ConsultationReceived
from services.reporting.indicators.definition import Countable, Definition, Memory
from services.reporting.indicators.sheets import observing_sheets


def observe(fact: ConsultationReceived, memory: Memory) -> Iterable[Countable]:
    if fact.counter != memory.desk:
        return ()
    issues = len(set(fact.issues))
    person = Countable(1, (f"issues:{issues}",), whole=False)
    return (Countable(issues), person) if issues else (person,)


Q04 = Definition(
    id="Q-04",
    version=1,
    title="相談者に関わる課題の数 (1人あたり)",
    unit="件/人",
    programme="属性を問わない相談支援",
    term="課題の数：一人の相談で把握した課題の種類の数。",
    counts=(
        "多機関協働を担う窓口の相談 (Q-02) で把握した課題の数 (Q-03) を、相談の件"
        "数で割った数。課題の記録がない相談も1人と数える。"
        "票を直したときは、直した後の内容で数える。"
    ),
    leaves_out="同じ方をまとめない。同じ方が2回相談すれば2人と数える。ほかの窓口の相談は数えない。",
    observes=observing_sheets(observe),
    parts={"issues": "課題の数ごとの相談"},
    per="issues",
    persons=True,
    # They add up to Q-02 and, weighed, to Q-03.
    unpublished=frozenset({"issues"}),
)
