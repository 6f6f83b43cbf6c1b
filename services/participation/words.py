"""Codes that participation alone uses, with what staff read (domain 4.8). Add, never reuse."""

from __future__ import annotations

from typing import Literal, TypeAlias

Menu: TypeAlias = Literal[
    "place-to-be",
    "exercise",
    "hobby",
    "volunteer",
    "work-experience",
    "parenting",
    "trial-visit",
    "other",
]
MENU: dict[str, str] = {
    "place-to-be": "居場所・集いの場に通う",
    "exercise": "体操・健康づくりに参加する",
    "hobby": "趣味・学びの場に参加する",
    "volunteer": "ボランティア・手伝いをする",
    "work-experience": "仕事の体験をする",
    "parenting": "子育てひろば・親子の場に参加する",
    "trial-visit": "まず見学・体験をする",
    "other": "その他（内容を目標に書く）",
}
"""支援メニュー (S-05, T-22)."""

RelationNow: TypeAlias = Literal[
    "beginning",
    "settling",
    "stable",
    "wavering",
    "stopped",
]
RELATIONS: dict[str, str] = {
    "beginning": "通い始めたところ",
    "settling": "なじんできた",
    "stable": "安定している",
    "wavering": "足が遠のいている",
    "stopped": "通えなくなった",
}
"""How person and place get on, judged at a follow-up (T-23, T-24)."""

Method: TypeAlias = Literal[
    "visit",
    "home-visit",
    "telephone-place",
    "telephone-person",
    "interview",
    "other",
]
METHODS: dict[str, str] = {
    "visit": "受け入れ先を訪問",
    "home-visit": "本人の自宅を訪問",
    "telephone-place": "受け入れ先に電話",
    "telephone-person": "本人に電話",
    "interview": "面談",
    "other": "その他",
}
"""How the nurse followed up (T-23)."""

Outcome: TypeAlias = Literal[
    "stable",
    "other-support",
    "declined",
    "lost",
    "moved",
    "died",
    "not-needed",
    "other",
]
OUTCOMES: dict[str, str] = {
    "stable": "関係が安定した",
    "other-support": "ほかの支援に移る",
    "declined": "本人が望まない",
    "lost": "連絡がとれなくなった",
    "moved": "転出した",
    "died": "亡くなった",
    "not-needed": "参加支援の必要がなくなった",
    "other": "その他",
}
"""How the support ends (T-24)."""
