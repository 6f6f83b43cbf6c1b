"""Q-30 会議の開催回数.

The plan does not say which meeting (X-26): both kinds are counted and shown apart. One sitting is
one, whatever the number of cases on its agenda; that number is a part of its own (X-26).
"""

from __future__ import annotations

from collections.abc import Iterable

from services.reporting.heard import MeetingHeld
from services.reporting.indicators.definition import Countable, Definition, Memory


def observe(fact: MeetingHeld, _memory: Memory) -> Iterable[Countable]:
    sitting = Countable(1, (f"meeting:{fact.kind}",), f"議題 {fact.cases} ケース")
    agenda = Countable(fact.cases, (f"agenda:{fact.kind}",), "議題のケース", whole=False)
    return (sitting, agenda) if fact.cases else (sitting,)


Q30 = Definition(
    id="Q-30",
    version=1,
    title="会議の開催回数",
    unit="回",
    programme="多機関協働",
    term="会議：重層的支援会議と支援会議 (社会福祉法第106条の6)。",
    counts=(
        "二つの会議の開催回数。1回の会議で何ケースを扱っても1回と数え、会議の種類ごとの内訳を示す。"
    ),
    leaves_out=(
        "招集だけで開かなかった会議は数えない。議題にしたケースの数 (同じケースを2回の会議で扱"
        "えば2) は別の内訳に示し、開催回数には入れない。"
    ),
    observes={("coordination", "MeetingHeld"): observe},
    parts={"meeting": "会議の種類", "agenda": "議題のケース数"},
    unpublished=frozenset({"agenda"}),
)
