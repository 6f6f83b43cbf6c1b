"""Codes that coordination alone uses, with what staff read (domain 4.6, 4.7). Add, never reuse."""

from __future__ import annotations

from typing import Literal, TypeAlias

ReturnReason: TypeAlias = Literal[
    "ordinary-cooperation", "one-field", "already-supported", "declined", "other"
]
RETURN_REASONS: dict[str, str] = {
    "ordinary-cooperation": "通常の連携で対応できる",
    "one-field": "1つの分野で対応できる",
    "already-supported": "すでに支援の体制がある",
    "declined": "本人が望まない",
    "other": "その他",
}
"""紹介元に戻す理由 (T-02x)."""

FilledBy: TypeAlias = Literal["subject", "family", "staff"]
FILLED_BY: dict[str, str] = {
    "subject": "本人が書いた",
    "family": "家族などが代わりに書いた",
    "staff": "職員が聞き取って書いた",
}
"""申込票を書いた人 (T-02: in principle the subject)."""

ConsentAnswer: TypeAlias = Literal["given", "refused", "withdrawn"]
CONSENT_ANSWERS: dict[str, str] = {
    "given": "同意する",
    "refused": "同意しない（支援会議で検討します）",
    "withdrawn": "前にした同意を取り下げる",
}
ConsentMethod: TypeAlias = Literal["written", "spoken", "proxy"]
CONSENT_METHODS: dict[str, str] = {
    "written": "書面（署名）",
    "spoken": "口頭（後日書面）",
    "proxy": "代理人",
}
CONSENTS: dict[str, str] = {
    "unknown": "まだ確認していない",
    "given": "同意あり",
    "refused": "同意なし（支援会議）",
    "withdrawn": "取り下げ",
}

MeetingKindCode: TypeAlias = Literal["plan-meeting", "support-meeting"]
MEETING_KINDS: dict[str, str] = {
    "plan-meeting": "重層的支援会議（同意が必要）",
    "support-meeting": "支援会議（社会福祉法第106条の6、同意がなくても開ける）",
}

BasisCode: TypeAlias = Literal["consent", "support-meeting", "other-law", "urgency"]
BASES: dict[str, str] = {
    "consent": "本人の同意",
    "support-meeting": "支援会議（社会福祉法第106条の6）",
    "other-law": "ほかの法令",
    "urgency": "緊急（生命・身体・財産の保護）",
}
ClosureBasisCode: TypeAlias = Literal["none", "consent", "support-meeting", "other-law", "urgency"]
CLOSURE_BASES: dict[str, str] = {"none": "個人情報は引き継がない"} | BASES

ClosureReason: TypeAlias = Literal[
    "roles-agreed",
    "solved",
    "other-scheme",
    "moved",
    "died",
    "declined",
    "lost",
    "watching",
    "other",
]
CLOSURE_REASONS: dict[str, str] = {
    "roles-agreed": "役割分担の合意により終結",
    "solved": "課題が解決した",
    "other-scheme": "ほかの制度・機関へ移行した",
    "moved": "転出した",
    "died": "亡くなった",
    "declined": "本人の希望・辞退",
    "lost": "連絡がとれない（中断）",
    "watching": "支援会議での見守りへ移行",
    "other": "その他",
}
ContactEvery: TypeAlias = Literal["monthly", "quarterly", "half-yearly", "as-needed"]
CONTACT_EVERY: dict[str, str] = {
    "monthly": "毎月",
    "quarterly": "3か月ごと",
    "half-yearly": "半年ごと",
    "as-needed": "必要なとき",
}
ResumeReason: TypeAlias = Literal["changed", "new-issue", "lead-asked", "subject-asked", "other"]
RESUME_REASONS: dict[str, str] = {
    "changed": "本人・世帯の状況が変わった",
    "new-issue": "新しい課題が出た",
    "lead-asked": "主担当から相談があった",
    "subject-asked": "本人・家族から相談があった",
    "other": "その他",
}

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
TEAMS: dict[str, str] = {"participation": "参加支援", "outreach": "アウトリーチ"}
REPORTS: dict[str, str] = {
    "started": "支援が始まりました",
    "planned": "参加支援プランができました",
    "visited": "訪問・連絡がありました",
    "linked": "支援機関につながりました",
    "matched": "受け入れ先が決まりました",
    "followed": "受け入れ先へのフォローがありました",
    "ended": "支援が終わりました",
}
MET: dict[str, str] = {"met": "本人に会えた", "not-met": "本人には会えなかった"}
REQUEST_STATUS: dict[str, str] = {"asked": "開始待ち", "running": "支援中", "ended": "終了"}
