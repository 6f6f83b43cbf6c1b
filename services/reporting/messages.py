"""What reporting says when it cannot show something."""

from __future__ import annotations

from shared.web.messages import Message

messages = {
    "indicator-unknown": Message(
        "指標 {indicator} はこの画面では集計していません。計画の指標の一覧からお選びください。",
        "The indicator {indicator} is not computed here.",
    ),
    "question-unknown": Message(
        "「{question}」という問いはありません。計画の外の問いの画面からお選びください。",
        "There is no question {question}.",
    ),
    "rule-unknown": Message(
        "「{rule}」という決まりはありません。データの質の画面からお選びください。",
        "There is no rule {rule}.",
    ),
    "day-unreadable": Message(
        "「{given}」は日付として読めません。令和8年8月1日、R8.8.1 のように入力してください。",
        "{given} is no date; write 2026-08-01.",
    ),
    "day-too-early": Message(
        "「{given}」は早すぎます。平成12年4月1日 (2000-04-01) からあとの日付を入力してください。",
        "{given} is too early; ask for 2000-04-01 or later.",
    ),
    "target-moves-without-reason": Message(
        "すでに決めた目標を変えるときは、理由を書いてください。",
        "A target that was set moves only with a reason.",
        at=("reason",),
    ),
    "survey-closes-before": Message(
        "締切は今日からあとの日にしてください。",
        "The survey would close before it opens.",
        at=("closes_on",),
    ),
    "survey-unknown": Message(
        "この回のアンケートはまだ始めていません。", "This round was not opened."
    ),
    "survey-closed": Message(
        "回答の締切を過ぎました。",
        "This round is closed.",
        at=("closes_on",),
    ),
    "link-unknown": Message("このリンクは使えません。", "This link cannot be used."),
    "answer-empty": Message(
        "問いのどれかに答えるか、伝えたいことを書いてください。",
        "Nothing was answered.",
        at=("grade_1",),
    ),
    "hearing-before-round": Message(
        "この回を始めた日より前の日付は記録できません。",
        "The day lies before the round.",
        at=("on",),
    ),
    "review-changed": Message(
        "ほかの職員が先に書きました。内容を見比べてください。", "Somebody else wrote meanwhile."
    ),
    "review-empty": Message(
        "どれか一つは書いてください。", "Nothing was written.", at=("achieved",)
    ),
    "review-before-year": Message(
        "その年度が始まる前の日付は記録できません。",
        "The day lies before the fiscal year.",
        at=("on",),
    ),
    "nothing-reviewed": Message(
        "先に、事業ごとの検証を書いてください。", "No programme was reviewed yet."
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
    "closing-incomplete": Message(
        "まだ数えていない知らせが{missing}件あります。データの時点を確かめて待つか、待たずに締める理由を書いてください。",
        "{missing} facts are not counted yet; wait, or say why the year is closed without them.",
        at=("reason",),
    ),
    "edition-unknown": Message(
        "その版はありません。年度の締めの画面からお選びください。",
        "There is no such edition of this closing.",
    ),
    "place-unknown": Message(
        "続きの位置が正しくありません。一覧の先頭から開き直してください。",
        "This is no place in the list of facts. Open the list from its beginning.",
    ),
}
