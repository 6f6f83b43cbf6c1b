"""What intake's own codes mean to staff. The city's codes are in its vocabulary."""

from __future__ import annotations

from typing import Literal, TypeAlias

from services.intake.domain.ground import ASKED, Asked
from shared.privacy.grounds import GROUNDS

STATUS = {
    "open": "受付済み",
    "escalated": "つなぎ中（返事待ち）",
    "accepted": "多機関協働で対応中",
    "returned": "戻ってきた",
}
TONE = {"open": "neutral", "escalated": "warn", "accepted": "good", "returned": "info"}
StatusCode: TypeAlias = Literal["open", "escalated", "accepted", "returned"]

BASIS = GROUNDS
ASKED_IN_WORDS = "まだない（支援会議を求める）"
ESCALATION_BASIS = GROUNDS | {ASKED: ASKED_IN_WORDS}
"""As it stands in the record of an escalation."""
BasisCode: TypeAlias = Literal["consent", "urgency", "other-law", "support-meeting"]
EscalationBasisCode: TypeAlias = BasisCode | Asked
NEW_BASIS = {
    **{kind: text for kind, text in GROUNDS.items() if kind != "support-meeting"},
    ASKED: ASKED_IN_WORDS,
}
"""What an escalation may rest on: its 支援会議 is called after it (T-03)."""
NewBasisCode: TypeAlias = Literal["consent", "urgency", "other-law", "support-meeting-asked"]

STAGE = {
    "sent": "返事待ち",
    "taken": "対応中",
    "sent-back": "戻された",
    "withdrawn": "取り消し",
    "finished": "終わり",
}
STAGE_TONE = {
    "sent": "warn",
    "taken": "good",
    "sent-back": "info",
    "withdrawn": "neutral",
    "finished": "neutral",
}

AGE_BANDS = {
    "0-5": "0〜5歳",
    "6-14": "6〜14歳",
    "15-17": "15〜17歳",
    "18-39": "18〜39歳",
    "40-64": "40〜64歳",
    "65-74": "65〜74歳",
    "75+": "75歳以上",
    "unknown": "年齢不明",
}
LEAVING = {
    "moved-out": "世帯から出た（転居・独立・入所など）",
    "died": "亡くなった",
    "mistake": "書きまちがい（この世帯の人ではない）",
}
NO_NAME = "お名前なし（匿名）"
HIDDEN = "お名前は表示できません"
CLOSED = "一旦終結"
PLACE_NOTES = {
    "area-unmapped": "町名ではなく地域の名前が書かれています。町名がわかれば票を直してください",
    "outside-city": "市外の住所です",
    "town-unknown": "住所から町名が読み取れません。町名がわかれば票を直してください",
    "unassigned-nurse-district": "地区担当の決まっていない町です",
}
NO_ADDRESS = "住所が書かれていません"
INFORMED = "information"
"""The スクリーニング after which nobody goes on: 情報提供のみ."""
URGENT = "urgent"
"""The one 緊急度 of the city's list that stands out in lists."""
