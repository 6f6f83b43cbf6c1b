"""What reporting says when it cannot show something."""

from __future__ import annotations

from shared.web.messages import Message

messages = {
    "indicator-unknown": Message(
        "指標 {indicator} はこの画面では集計していません。計画の指標の一覧からお選びください。",
        "The indicator {indicator} is not computed here.",
    ),
    "day-unreadable": Message(
        "「{given}」は日付として読めません。令和8年8月1日、R8.8.1 のように入力してください。",
        "{given} is no date; write 2026-08-01.",
    ),
    "target-moves-without-reason": Message(
        "すでに決めた目標を変えるときは、理由を書いてください。",
        "A target that was set moves only with a reason.",
        at=("reason",),
    ),
    "year-not-over": Message(
        "年度が終わっていません。翌年の4月1日から締められます。",
        "The fiscal year is not over yet.",
    ),
    "year-open": Message("この年度はまだ締めていません。", "This fiscal year has not been closed."),
    "year-closed-meanwhile": Message(
        "ほかの職員が先に締めました。画面を開き直して、値を確かめてください。",
        "Somebody else closed the year meanwhile; look at it again.",
    ),
    "closing-without-reason": Message(
        "締め直すときは、理由を書いてください。",
        "A second closing says why.",
        at=("reason",),
    ),
    "place-unknown": Message(
        "続きの位置が正しくありません。一覧の先頭から開き直してください。",
        "This is no place in the list of facts. Open the list from its beginning.",
    ),
}
