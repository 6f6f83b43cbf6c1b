"""法的根拠 in words: one text for one term of law, on every screen and sheet (N-01)."""

from __future__ import annotations

GROUNDS: dict[str, str] = {
    "consent": "本人の同意",
    "support-meeting": "支援会議（社会福祉法第106条の6）",
    "other-law": "ほかの法令",
    "urgency": "緊急（生命・身体・財産の保護）",
}
"""Kind of ground → what it is called."""
