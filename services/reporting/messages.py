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
    "place-unknown": Message(
        "続きの位置が正しくありません。一覧の先頭から開き直してください。",
        "This is no place in the list of facts. Open the list from its beginning.",
    ),
}
