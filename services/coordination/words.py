"""Words whose meaning the rules depend on: consent, the two meetings of the law, the ground, and
how far a case is. What a city chooses is in its vocabulary (`deploy/municipalities`).
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from services.coordination.domain.events import Purpose
from services.coordination.domain.meeting import TakenOffWhy
from services.coordination.domain.minuted import MeetingKind
from shared.casefile.noting import VOICES as VOICES
from shared.privacy.grounds import GROUNDS

ConsentAnswer: TypeAlias = Literal["given", "refused", "withdrawn"]
CONSENT_ANSWERS: dict[str, str] = {
    "given": "同意する",
    "refused": "同意しない（支援会議で検討します）",
    "withdrawn": "前にした同意を取り下げる",
}
PURPOSES: dict[Purpose, str] = {
    "plan": "支援プランづくりと重層的支援会議",
    "sharing": "関わる機関への照会・情報共有",
    "participation": "参加支援の依頼",
    "outreach": "アウトリーチの依頼",
    "afterwards": "終結後、主担当への引き継ぎ",
}
"""同意の目的 (F-03)."""
CONSENTS: dict[str, str] = {
    "unknown": "まだ確認していない",
    "given": "同意あり",
    "refused": "同意なし（支援会議）",
    "withdrawn": "取り下げ",
    "over": "同意の期限切れ",
}

MEETINGS: dict[MeetingKind, str] = {
    "plan-meeting": "同意が必要",
    "support-meeting": "社会福祉法第106条の6、同意がなくても開ける",
}
"""What is special about each kind of meeting; what they are called is in `meeting_kinds.toml`."""

WHY_OFF: dict[TakenOffWhy, str] = {
    "consent-withdrawn": "同意が取り下げられたため、議題から外れました",
    "consent-given": "同意を得たため、支援会議の議題から外れました。重層的支援会議で扱えます",
    "not-covered": "同意の範囲が変わったため、議題から外れました",
    "other": "議題から外しました",
}
CALLING: dict[str, tuple[str, str]] = {
    "called": ("これから", "info"),
    "held": ("開催済み", "good"),
    "off": ("取りやめ", "neutral"),
}

BasisCode: TypeAlias = Literal["consent", "support-meeting", "other-law", "urgency"]
BASES = GROUNDS | {"support-meeting-asked": "まだない（支援会議を求める）"}
ClosureBasisCode: TypeAlias = Literal["none", "consent", "support-meeting", "other-law", "urgency"]
CLOSURE_BASES: dict[str, str] = {"none": "個人情報は引き継がない"} | BASES


INQUIRY_KINDS: dict[str, str] = {
    "assessment": "インテーク・アセスメントシート",
    "report": "支援の進みぐあいの報告",
}
"""照会の種類 (T-04, T-07)."""
INQUIRY_STAGES: dict[str, tuple[str, str]] = {
    "asked": ("回答待ち", "warn"),
    "answered": ("回答あり", "good"),
    "dropped": ("取り下げ", "neutral"),
}

PHASES: dict[str, tuple[str, str]] = {
    "waiting": ("判断待ち", "warn"),
    "open": ("支援中", "good"),
    "returned": ("紹介元へ戻した", "neutral"),
    "closed": ("一旦終結", "info"),
}
WHY_LOST: dict[str, str] = {
    "withdrawn": "同意が取り下げられました",
    "expired": "同意の期限が過ぎました",
    "narrowed": "同意の範囲が変わり、この依頼は含まれません",
}
"""A request whose ground is gone (F-03)."""
TEAMS: dict[str, str] = {"participation": "参加支援", "outreach": "アウトリーチ"}
REPORTS: dict[str, str] = {
    "started": "支援が始まりました",
    "planned": "参加支援プランができました",
    "visited": "訪問・連絡がありました",
    "linked": "支援機関につながりました",
    "unlinked": "支援機関につないだ記録が取り消されました",
    "matched": "受け入れ先が決まりました",
    "unmatched": "受け入れ先とのマッチングが取り消されました",
    "followed": "受け入れ先へのフォローがありました",
    "ended": "支援が終わりました",
}
MET: dict[str, str] = {"met": "本人に会えた", "not-met": "本人には会えなかった"}
REQUEST_STATUS: dict[str, str] = {"asked": "開始待ち", "running": "支援中", "ended": "終了"}
