"""つくも市, an invented city that has nothing in common with the first: other codes, other words.

What a city must have and no more, so that whatever the code takes for granted shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

CITY = """
code = "tsukumo"
name = "つくも市"
general_desk = "w3"
[offices]
coordination = "w3"
nurses = "w4"
community = "w5"
counter = "w1"
"""

AREAS = {
    "counters": [
        '{ code = "w1", label = "北の相談室", section = "f", programmes = ["a"] }',
        '{ code = "w2", label = "南の相談室", section = "f", programmes = ["b"] }',
        '{ code = "w3", label = "つながり係", section = "f", programmes = ["m"] }',
        '{ code = "w4", label = "保健師室", section = "f" }',
        '{ code = "w5", label = "まちの係", section = "f", programmes = ["c"] }',
    ],
    "programmes": [
        f'{{ code = "{code}", label = "{label}", article = "第{number}号" }}'
        for code, label, number in (
            ("a", "高齢の相談", 1),
            ("b", "障害の相談", 1),
            ("m", "つながり支援", 5),
            ("c", "まちづくり", 3),
        )
    ],
    "catchments": ['{ code = "k1", label = "北地区", counter = "w1" }'],
    "nurse_districts": ['{ code = "n1", label = "北の担当" }'],
    "towns": ['{ code = "t1", label = "九十九", catchment = "k1", nurse_district = "n1" }'],
    "indicators": [
        f'{{ code = "{code}", label = "{label}", kind = "number" }}'
        for code, label in (
            ("Q-02", "つながり係の相談"),
            ("Q-27", "訪ねた世帯"),
            ("Q-31", "作ったプラン"),
        )
    ],
    "national_return": [
        '{ code = "1", label = "会議", section = "全体", source = "Q-30" }',
        '{ code = "2", label = "相談", section = "全体", source = "S-02", part = "counter", '
        'codes = ["w1", "w2"] }',
        '{ code = "3", label = "人数", section = "全体" }',
    ],
    "screenings": [
        '{ code = "information", label = "案内した" }',
        '{ code = "further", label = "続ける" }',
    ],
    "urgencies": ['{ code = "usual", label = "ふつう" }', '{ code = "urgent", label = "すぐに" }'],
    "participation_outcomes": ['{ code = "stable", label = "落ち着いた" }'],
    "participation_relations": ['{ code = "stable", label = "落ち着いている" }'],
    "trial_results": [
        '{ code = "agreed", label = "よかった" }',
        '{ code = "person-no", label = "合わなかった" }',
        '{ code = "place-no", label = "受けられない" }',
    ],
    "meeting_kinds": [
        '{ code = "plan-meeting", label = "プランの会議" }',
        '{ code = "support-meeting", label = "支援の会議" }',
    ],
}
"""Lists whose entries say more than a code and a word, or must have codes that a rule knows."""

WORDS = (
    "sections",
    "outside_agencies",
    "issues",
    "channels",
    "topics",
    "ecomap_ties",
    "sources",
    "reasons",
    "return_reasons",
    "referral_returns",
    "referral_outcomes",
    "application_writers",
    "consent_methods",
    "closure_reasons",
    "contact_intervals",
    "resumption_reasons",
    "outcome_changes",
    "progress_kinds",
    "visit_methods",
    "outreach_outcomes",
    "trust_stages",
    "tie_kinds",
    "participation_menu",
    "followup_methods",
    "resource_kinds",
    "resource_targets",
    "resource_cares",
    "capacity_states",
    "missing_resources",
    "survey_items",
    "retirement_reasons",
    "activity_kinds",
    "activity_measures",
)
"""Lists of plain words: two each, called by their place."""


def write_city(folder: Path) -> Path:
    """The folder as a city's staff would write it."""
    folder.mkdir()
    (folder / "city.toml").write_text(CITY, encoding="utf-8")
    for kind, lines in AREAS.items():
        _write(folder, kind, lines)
    for kind in WORDS:
        more = ', programmes = ["c"]' if kind == "activity_kinds" else ""
        short = "f" if kind == "sections" else f"{kind[:3]}-{len(kind)}"
        lines = [
            f'{{ code = "{short}{n or ""}", label = "{kind}の{n + 1}番"{more} }}' for n in (0, 1)
        ]
        _write(folder, kind, lines)
    return folder


def _write(folder: Path, kind: str, lines: Iterable[str]) -> None:
    body = ",\n  ".join(lines)
    (folder / f"{kind}.toml").write_text(f"{kind} = [\n  {body},\n]\n", encoding="utf-8")
