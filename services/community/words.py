"""Codes that community alone uses, with what staff read (domain 4.9). Add, never reuse."""

from __future__ import annotations

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "venue",
    "salon",
    "exercise-group",
    "parenting",
    "food",
    "disability",
    "hobby",
    "volunteer",
    "work",
    "other",
]
KINDS: dict[str, str] = {
    "venue": "会館・会場（地域イキイキ元気づくり）",
    "salon": "サロン・居場所",
    "exercise-group": "体操・介護予防の自主グループ",
    "parenting": "子育てひろば・親子の集まり",
    "food": "こども食堂・食の支援",
    "disability": "障がいのある人の活動の場",
    "hobby": "趣味・学びの集まり",
    "volunteer": "ボランティア・手伝いの場",
    "work": "仕事・就労体験の場",
    "other": "その他",
}
"""What kind of place it is (Q-05)."""

Reason: TypeAlias = Literal[
    "closed-down",
    "moved",
    "merged",
    "mistake",
    "other",
]
REASONS: dict[str, str] = {
    "closed-down": "活動をやめた・閉じた",
    "moved": "移転した",
    "merged": "ほかと一緒になった",
    "mistake": "登録のまちがい",
    "other": "その他",
}
"""Why a place leaves the directory."""
