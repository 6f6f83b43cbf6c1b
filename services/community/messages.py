"""Every refusal of community as a sentence for people."""

from __future__ import annotations

from shared.web.messages import Message

messages = {
    "resource-unknown": Message(
        "この資源は台帳にありません。一覧からもう一度お選びください。",
        "There is no such entry in the directory.",
    ),
    "resource-retired": Message(
        "この資源は使えなくなったものとして記録されています。また使う場合は、新しく登録してください。",
        "The entry was retired; register it anew to use it again.",
    ),
    "activity-unknown": Message(
        "この活動の記録はありません。一覧からもう一度お選びください。",
        "There is no such activity.",
    ),
    "code-not-listed": Message(
        "町名または事業が市の一覧にありません（{given}）。一覧から選んでください。",
        "The code {given} is not in the city's lists.",
    ),
    "before-registration": Message(
        "登録した日より前の日付では、利用を終えられません。日付を確かめてください。",
        "A place cannot be retired before it was registered.",
        ("on",),
    ),
    "day-in-future": Message(
        "まだ来ていない日は記録できません。日付を確かめてください。",
        "The day lies in the future; only what has happened can be recorded.",
        ("held_on", "on"),
    ),
    "newcomers-exceed-participants": Message(
        "新規の人数が参加人数より多くなっています。",
        "There are more newcomers than participants.",
        ("newcomers",),
    ),
}
