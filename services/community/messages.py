"""Every refusal of community as a sentence for people."""

from __future__ import annotations

from shared.web.messages import Message

messages = {
    "resource-unknown": Message(
        "この資源は台帳にありません。一覧からもう一度お選びください。",
        "There is no such entry in the directory.",
    ),
    "sheet-changed-meanwhile": Message(
        "入力している間に、ほかの職員がこの記録を書きかえました。開き直して確かめてください。",
        "Somebody else saved this entry meanwhile; read it again.",
    ),
    "resource-retired": Message(
        "この資源は使えなくなったものとして記録されています。また使う場合は、台帳の「また使えるようにする」を押してください。",
        "The entry was retired; reopen it to use it again.",
    ),
    "gap-unknown": Message(
        "この「足りない資源」の記録はありません。一覧からもう一度お選びください。",
        "There is no such need.",
    ),
    "gap-settled": Message(
        "この「足りない資源」はもう決着しています。開き直して確かめてください。",
        "This need is settled already; open it again.",
    ),
    "before-noted": Message(
        "気づいた日より前の日付です。日付を確かめてください。",
        "The day lies before the need was noted.",
        ("prepared_on", "opened_on", "dropped_on"),
    ),
    "due-before-plan": Message(
        "期限が、決めた日より前です。日付を確かめてください。",
        "The day something is due lies before the day it was decided.",
        ("due_on",),
    ),
    "before-retirement": Message(
        "使えなくなった日より前の日付です。日付を確かめてください。",
        "A place cannot be reopened before it was retired.",
        ("reopened_on",),
    ),
    "occasion-unknown": Message(
        "この催しの予定はありません。一覧からもう一度お選びください。",
        "There is no such occasion.",
    ),
    "occasion-over": Message(
        "もう過ぎた日です。行われたことは「活動の記録」に書いてください。",
        "The day is over; what took place is an activity.",
        ("held_on",),
    ),
    "occasion-cancelled": Message(
        "この催しは中止になっています。行う場合は、新しく登録してください。",
        "The occasion was cancelled; announce a new one.",
    ),
    "times-impossible": Message(
        "終わりの時間が、始まりより後になっていません。",
        "It must end after it begins.",
        ("ends",),
    ),
    "activity-unknown": Message(
        "この活動の記録はありません。一覧からもう一度お選びください。",
        "There is no such activity.",
    ),
    "before-registration": Message(
        "登録した日より前の日付では、利用を終えられません。日付を確かめてください。",
        "A place cannot be retired before it was registered.",
        ("on",),
    ),
    "day-in-future": Message(
        "まだ来ていない日は記録できません。日付を確かめてください。",
        "The day lies in the future; only what has happened can be recorded.",
        ("held_on", "on", "prepared_on", "opened_on", "dropped_on", "reopened_on"),
    ),
    "programme-of-another-log": Message(
        "この活動の種類は、選んだ事業の記録ではありません。事業を確かめてください。",
        "This kind of activity does not belong to that programme.",
        ("programme",),
    ),
    "measure-of-another-log": Message(
        "この活動の種類では数えない欄があります。入力を確かめてください。",
        "A number was given that this kind of activity does not count.",
        ("counts", "kind"),
    ),
    "place-missing": Message(
        "どこの活動かを選んでください。この種類は、場所やグループごとに記録します。",
        "This kind of activity needs its place.",
        ("resource_id",),
    ),
    "story-missing": Message(
        "内容を書いてください。計画の評価で公表する文になります。",
        "This kind of activity needs a text for publication.",
        ("story",),
    ),
    "story-not-asked": Message(
        "この活動の種類では、公表する文は書きません。備考に書いてください。",
        "This kind of activity has no text for publication; use the note.",
        ("story",),
    ),
    "nothing-counted": Message(
        "数が1つも入力されていません。",
        "Nothing was counted.",
        ("count_participants", "count_times", "count_visits", "count_places", "count_amount"),
    ),
    "parts-exceed-participants": Message(
        "男女や年齢ごとの人数の合計が、参加人数より多くなっています。人数を確かめてください。",
        "The numbers by sex or age add up to more than the participants.",
        ("count_participants",),
    ),
    "newcomers-exceed-participants": Message(
        "新規の人数が参加人数より多くなっています。",
        "There are more newcomers than participants.",
        ("count_newcomers",),
    ),
}
