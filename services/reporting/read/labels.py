"""Codes as words: the city's where it has the word, ours for what the facts themselves define."""

from __future__ import annotations

from datetime import date

from services.reporting.indicators import COMPUTED, Definition, by_id, counted_of
from shared.vocabulary.city import City
from shared.vocabulary.wareki import wareki

_KINDS = {
    "channel": "channels",
    "source": "sources",
    "issue": "issues",
    "programme": "programmes",
    "counter": "counters",
    "agency": "agencies",
    "kind": "resource_kinds",
    "district": "nurse_districts",
    "catchment": "catchments",
    "activity": "activity_kinds",
    "measure": "activity_measures",
}
"""Part of an indicator → list of the city's vocabulary."""

_OWN = {
    "age_band": {
        "0-5": "0〜5歳",
        "6-14": "6〜14歳",
        "15-17": "15〜17歳",
        "18-39": "18〜39歳",
        "40-64": "40〜64歳",
        "65-74": "65〜74歳",
        "75+": "75歳以上",
        "unknown": "不明",
    },
    "meeting": {"plan-meeting": "重層的支援会議", "support-meeting": "支援会議 (106条の6)"},
    "agenda": {"plan-meeting": "重層的支援会議の議題", "support-meeting": "支援会議の議題"},
    "round": {"first": "初回のプラン", "replan": "見直しのプラン"},
    "by": {"tip": "アウトリーチへの知らせ", "consultation": "窓口での相談"},
    "between": {
        "referred": "窓口から窓口への紹介",
        "escalated": "多機関協働への紹介",
        "asked": "関係機関への照会",
        "answered": "照会への回答",
    },
    "overlap": {"q02": "Q-02にも数えた相談"},
    "with": {"participation": "参加支援あり", "outreach": "アウトリーチ等あり"},
    "lacks": {
        "issues": "課題の種類がない",
        "town": "町名がわからない",
        "district": "担当地区が決まらない",
    },
    "standing": {
        "consented": "同意",
        "withdrawn": "同意の取下げ",
        "planned": "プラン（次の見直しの日）",
        "placed": "担当地区あり",
        "unplaced": "担当地区なし",
    },
    "step": {
        "escalated": "紹介",
        "accepted": "受付",
        "returned": "差戻し",
        "planned": "プラン",
        "requested": "依頼",
        "started": "支援の開始",
        "closed": "一旦終結",
        "came-back": "再相談",
        "reopened": "再開",
        "missed": "足りない資源",
        "gap-noted": "足りない資源への取組みの開始",
        "gap-filled": "足りない資源を補う場",
        "gap-closed": "足りない資源への取組みの終了",
    },
}

TEAMS = {
    "intake": "包括的相談支援",
    "coordination": "多機関協働",
    "participation": "参加支援",
    "outreach": "アウトリーチ等",
    "community": "地域づくり",
}
"""Who tells the facts that are counted here."""


def code_label(city: City, part: str, code: str) -> str:
    """A code of one part in words; an unknown code stays as it is, visible."""
    if part == "issues":
        return f"{code}つ" if code != "0" else "記録なし"
    if part in _OWN:
        return _OWN[part].get(code, code)
    if code == "unknown":
        return "わからない"
    return city.label(_KINDS[part], code) if part in _KINDS else code


def codes_of(city: City, part: str, on: date | None = None) -> tuple[str, ...]:
    """The codes that a part may have (on a day); none: they are no list, like numbers."""
    if part in _OWN:
        return tuple(_OWN[part])
    return city.codes(_KINDS[part], on) if part in _KINDS else ()


def list_of(part: str) -> str:
    """Where the codes of a part stand, for whoever writes the city's lists."""
    return f"{_KINDS[part]}.toml" if part in _KINDS else f"内訳 {part}"


def dim_label(city: City, dim: str, headings: dict[str, str]) -> str:
    """`issue:i05` → 「課題の種類: 社会的孤立」; `issue:i05,i31` names both."""
    part, _, codes = dim.partition(":")
    said = "、".join(code_label(city, part, code) for code in codes.split(","))
    return f"{headings.get(part, part)}: {said}"


def title_of(city: City, definition: Definition) -> str:
    """An indicator as the city's plan calls it."""
    if definition.within is not None:
        field = code_label(city, definition.within.part, definition.within.code)
        return f"{title_of(city, counted_of(definition))}：{field}"
    label = city.label("indicators", definition.id)
    return definition.title if label == definition.id else label


def planned_by(city: City) -> tuple[Definition, ...]:
    """What this city's plan evaluates itself by, in the order of the definitions."""
    listed = city.codes("indicators")
    fields = city.codes("programmes")
    return tuple(
        one
        for one in COMPUTED
        if (
            one.within.indicator in listed and one.within.code in fields
            if one.within
            else one.id in listed
        )
    )


def not_yet(city: City) -> tuple[tuple[str, str], ...]:
    """The plan's indicators that nobody computes yet."""
    listed = ((entry.code, entry.label) for entry in city.entries("indicators"))
    return tuple(one for one in listed if by_id(one[0]) is None)


def year_label(fiscal_year: int) -> str:
    """2026 → 「令和8年度」."""
    era, _, _ = wareki(date(fiscal_year, 4, 1)).partition("年")
    return f"{era}年度"
