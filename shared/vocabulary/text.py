"""Japanese text as staff type it, made comparable."""

from __future__ import annotations

import unicodedata

_KANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゕ"))} | {
    ord(small): large for small, large in zip("ゕゖヵヶ", "カケカケ", strict=True)
}
"""Hiragana → katakana: they stand in the same order, 0x60 apart; 西ヶ谷戸 is 西ケ谷戸."""

_OLD = "髙﨑濵濱邉邊齋齊斎廣澤國櫻嶋嶌島眞龍瀧淵渊渆德惠榮圓學實壽豐萬藏靜郞曾彥淸渡邊條藝來與關"
_NEW = "高崎浜浜辺辺斉斉斉広沢国桜島島島真竜滝渕渕渕徳恵栄円学実寿豊万蔵静郎曽彦清渡辺条芸来与関"
_KANJI = {ord(old): new for old, new in zip(_OLD, _NEW, strict=True) if old != new}
"""Old and variant forms in names → the form most people type."""


def search_key(text: str) -> str:
    """Equal for texts that a reader takes for the same name.

    NFKC, hiragana as katakana, old forms of kanji as new ones (髙 = 高, 﨑 = 崎), no spaces,
    lower case.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    return unicodedata.normalize("NFKC", plain.translate(_KANJI).translate(_KANA))


def escaped(text: str) -> str:
    """For LIKE: its signs as what they are."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def digits(text: str) -> str:
    """The digits of a number in whatever way it is written: `０４２－５５８` → `042558`."""
    return "".join(str(unicodedata.digit(char)) for char in text if char.isdecimal())
