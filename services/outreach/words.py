"""Codes that outreach alone uses, with what staff read (domain 4.8). Add, never reuse."""

from __future__ import annotations

from typing import Literal, TypeAlias

Method: TypeAlias = Literal[
    "home-visit",
    "accompany",
    "meeting-place",
    "telephone",
    "letter",
    "message",
    "family",
    "other",
]
METHODS: dict[str, str] = {
    "home-visit": "自宅を訪問",
    "accompany": "同行（通院・手続きなど）",
    "meeting-place": "集いの場などで会う",
    "telephone": "電話",
    "letter": "手紙・メモを届ける",
    "message": "メール・SNS",
    "family": "家族と話す",
    "other": "その他",
}
"""接触方法 (T-31)."""

Outcome: TypeAlias = Literal[
    "linked",
    "participation",
    "plan-goes-on",
    "declined",
    "lost",
    "moved",
    "died",
    "not-needed",
    "other",
]
OUTCOMES: dict[str, str] = {
    "linked": "支援機関につながった",
    "participation": "参加支援へ移る",
    "plan-goes-on": "支援プランの中で見守りを続ける",
    "declined": "本人が望まない",
    "lost": "連絡がとれなくなった",
    "moved": "転出した",
    "died": "亡くなった",
    "not-needed": "訪問の必要がなくなった",
    "other": "その他",
}
"""How an outreach ends."""
