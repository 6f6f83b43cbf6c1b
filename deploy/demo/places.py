"""Places and activities of the demonstration; invented, like its people."""

from __future__ import annotations

from typing import Any


def _slot(weekday: str, starts: str, ends: str, *weeks: int) -> dict[str, Any]:
    times = {"starts": starts.zfill(5), "ends": ends.zfill(5)}
    return {"weekday": weekday, "weeks": list(weeks), **times}


VENUES: tuple[dict[str, Any], ...] = (
    {
        "name": "草花台会館の体操",
        "kana": "クサバナダイカイカンノタイソウ",
        "kind": "exercise-group",
        "town": "kusabana",
        "area": "草花",
        "organisation": "草花台町内会（見本）",
        "building": "草花台会館",
        "schedule": [_slot("tue", "10:00", "11:30")],
        "targets": ["older"],
        "cares": ["free", "no-booking", "alone"],
        "capacity": "room",
    },
    {
        "name": "ふれあいサロンますこ",
        "kind": "salon",
        "town": "ina",
        "area": "増戸",
        "organisation": "サロンますこの会（見本）",
        "schedule": [_slot("thu", "13:30", "15:00", 2, 4)],
        "targets": ["older", "carers"],
        "cares": ["wheelchair", "transport", "companion"],
        "capacity": "few",
    },
    {
        "name": "こども食堂ひだまり",
        "kind": "food",
        "town": "amema",
        "schedule": [_slot("sat", "11:30", "14:00", 1, 3)],
        "targets": ["pupils", "hardship"],
        "cares": ["free", "children-along", "no-name"],
        "capacity": "room",
    },
    {
        "name": "五日市の畑の会",
        "kind": "volunteer",
        "town": "itsukaichi",
        "schedule": [_slot("wed", "9:30", "12:00")],
        "held": "雨の日は休み",
        "targets": ["anyone", "withdrawn"],
        "cares": ["just-be", "quiet"],
        "capacity": "room",
    },
    {
        "name": "二宮の囲碁の集い",
        "kind": "hobby",
        "town": "ninomiya",
        "schedule": [_slot("mon", "13:00", "16:00"), _slot("fri", "13:00", "16:00")],
        "targets": ["older"],
        "capacity": "full",
    },
)
"""As the JSON of community takes them."""
GAPS = (("place-youth", "2026-08-05"), ("transport", "2026-09-16"), ("place-evening", "2026-10-21"))
"""What is missing, and the day somebody noticed."""
SESSIONS = (
    ("2026-06-10", {"participants": 12, "newcomers": 3, "men": 4, "women": 8, "75-over": 7}),
    ("2026-09-09", {"participants": 15, "newcomers": 1, "men": 5, "women": 10, "75-over": 9}),
)
LOGS: tuple[tuple[str, str, str, dict[str, int], str], ...] = (
    ("3イ", "leader-course", "2026-05-20", {"participants": 18, "newcomers": 11}, ""),
    ("3イ", "leader-pr", "2026-06-03", {"times": 2}, "広報と回覧板で募集した"),
    ("3イ", "group-session", "2026-07-08", {"participants": 14, "newcomers": 2}, ""),
    ("3イ", "ikiiki-call", "2026-06-24", {"calls-district": 9, "calls-individual": 4}, ""),
    ("3ロ", "coordinator-visit", "2026-07-14", {"visits": 6}, ""),
    (
        "3ロ",
        "new-place",
        "2026-08-19",
        {"places": 1},
        "閉じた商店を使い、平日の午後に、高齢の方と子どもが一緒に過ごせる場を始めた",
    ),
    ("3ロ", "matching-visit", "2026-09-02", {"visits": 3}, ""),
    (
        "3ハ",
        "phire-cooperation",
        "2026-07-25",
        {"times": 1, "volunteers": 5},
        "夏祭りの準備に協力した",
    ),
    (
        "3ハ",
        "phire-exchange",
        "2026-08-05",
        {"participants": 12},
        "園芸グループが公園の花壇を手入れした",
    ),
    ("3ハ", "phire-procurement", "2026-09-30", {}, "前年度からの発注元をすべて維持した"),
    ("3ハ", "niji-community", "2026-06-14", {"times": 1}, "地域の清掃に参加した"),
    ("3ハ", "niji-sales", "2026-09-30", {"amount": 84000}, "直売所での販売を週2回に増やした"),
    ("3ニ", "parenting-course", "2026-07-02", {"times": 1, "participants": 9}, "折り紙の講座"),
    (
        "3ニ",
        "parenting-volunteers",
        "2026-07-31",
        {"volunteers": 7},
        "学生が絵本の読み聞かせをした",
    ),
    ("3-0", "hardship-programme", "2026-08-22", {"participants": 31}, "食料の配付と相談会を開いた"),
    ("3-0", "hardship-place", "2026-10-10", {"places": 1}, "週に一度の学習の場を開いた"),
)
"""Programme, kind, day, counts, text for publication."""
