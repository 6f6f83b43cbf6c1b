"""Q-27 アウトリーチ等を通じた継続的支援事業利用件数.

Counted when outreach starts on a request of 多機関協働 (T-20, X-23): contacts before any case are
no use of the programme.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.reporting.heard import OutreachStarted
from services.reporting.indicators.definition import Countable, Definition, Memory
from services.reporting.indicators.places import DISTRICT, district_of


def observe(fact: OutreachStarted, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, (district_of(fact),)),)


Q27 = Definition(
    id="Q-27",
    version=1,
    title="アウトリーチ等を通じた継続的支援事業利用件数",
    unit="件",
    programme="アウトリーチ等を通じた継続的支援",
    term="アウトリーチ等：支援が届いていない方のもとへ出向いて続ける支援。",
    counts=(
        "多機関協働でアウトリーチ等が必要と判断され、支援を始めた件数。再開して再び始めたときは1"
        "件と数える。"
    ),
    leaves_out="ケースになる前の声かけや見回り、一回ごとの訪問は数えない。",
    observes={("outreach", "OutreachStarted"): observe},
    parts=DISTRICT,
    persons=True,
)
