"""The indicators of the plan (seed 7(3)): those that are computed, and those that are not yet."""

from __future__ import annotations

from services.reporting.indicators.definition import Countable, Definition, Memory
from services.reporting.indicators.q01 import Q01
from services.reporting.indicators.q02 import Q02
from services.reporting.indicators.q03 import Q03
from services.reporting.indicators.q05 import Q05
from services.reporting.indicators.q06 import Q06
from services.reporting.indicators.q27 import Q27
from services.reporting.indicators.q29 import Q29
from services.reporting.indicators.q30 import Q30
from services.reporting.indicators.q31 import Q31

__all__ = ["COMPUTED", "NOT_YET", "Countable", "Definition", "Memory", "by_id"]

COMPUTED: tuple[Definition, ...] = (Q01, Q02, Q03, Q05, Q06, Q27, Q29, Q30, Q31)


def by_id(indicator: str) -> Definition | None:
    """The definition with that plan id, if it is computed."""
    return next((definition for definition in COMPUTED if definition.id == indicator), None)


NOT_YET: tuple[tuple[str, str], ...] = (
    ("Q-04", "相談者に関わる課題の数 (1人あたり)"),
    ("Q-07", "介護予防リーダー養成講座受講者数"),
    ("Q-08", "介護予防リーダーのPR回数"),
    ("Q-09", "介護予防リーダーの新規参加者数"),
    ("Q-10", "介護予防リーダー自主グループ数"),
    ("Q-11", "介護予防リーダー自主グループの利用者数"),
    ("Q-12", "地域イキイキ元気づくり事業の参加を呼びかけた回数"),
    ("Q-13", "地域イキイキ元気づくり事業の参加人数"),
    ("Q-14", "地域イキイキ元気づくり事業の参加者の属性"),
    ("Q-15", "生活支援コーディネーターの地域の訪問件数"),
    ("Q-16", "新たな居場所の対象者や内容"),
    ("Q-17", "居場所とのマッチングのための訪問件数"),
    ("Q-18", "生活支援センターフィレ: ボランティア受入れ等、地域団体への協力の実績"),
    ("Q-19", "生活支援センターフィレ: グループ活動での地域交流状況"),
    ("Q-20", "生活支援センターフィレ: 優先調達先の維持状況"),
    ("Q-21", "秋川虹の家: 地域の行事などへの協力や参加状況"),
    ("Q-22", "秋川虹の家: 生産活動の販路や販売状況の維持状況"),
    ("Q-23", "子育てひろば: 地域住民による講座の実施"),
    ("Q-24", "子育てひろば: ボランティアの受入れ状況"),
    ("Q-25", "生活困窮者支援等のための地域づくり: 事業の実施内容"),
    ("Q-26", "生活困窮者支援等のための地域づくり: 新たな居場所づくりの実績"),
    ("Q-28", "地域からの相談件数"),
)
"""Indicators of the plan that nobody computes yet; the page says so."""
