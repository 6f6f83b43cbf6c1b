"""Every refusal about leads and rounds as a sentence for people."""

from __future__ import annotations

from shared.web.messages import Message

lead_messages = {
    "lead-unknown": Message(
        "この記録はありません。一覧からもう一度お選びください。", "There is no such lead."
    ),
    "lead-expired": Message(
        "保存期間が過ぎ、内容は消えています。新しい記録を作ってください。",
        "The lead has expired and what was told is erased; write a new one.",
    ),
    "lead-joined": Message(
        "ケースにつないだ記録なので、ケースと同じ期間保存します。",
        "The lead belongs to a case and is kept as long as its case.",
    ),
    "lead-proposed": Message(
        "多機関協働の返事を待っています。返事のあとで行ってください。",
        "The proposal waits for an answer.",
    ),
    "already-proposed": Message(
        "すでに多機関協働へ伝えたか、依頼につないであります。",
        "The lead was proposed or joined already.",
    ),
    "reasons-missing": Message("理由を選んでください。", "Choose a reason.", ("reasons",)),
    "lead-not-due": Message(
        "まだ保存期間の中です。期間が過ぎると消えます。", "The lead is not due for erasure yet."
    ),
    "joined-elsewhere": Message(
        "すでに別のケースにつないであります。",
        "The lead was joined to another case.",
        ("request_id",),
    ),
    "story-missing": Message(
        "聞いたこと・気づいたことを書いてください。", "Say what was noticed.", ("story",)
    ),
    "source-missing": Message(
        "だれから聞いたかを選んでください。", "Say who told it.", ("source",)
    ),
    "before-notice": Message(
        "最初に気づいた日より前の日付は記録できません。",
        "The day lies before the lead was noticed.",
        ("on",),
    ),
    "round-unknown": Message(
        "この見回りは登録されていません。一覧からもう一度お選びください。",
        "There is no such round.",
    ),
    "round-called-off": Message(
        "取りやめた見回りです。行ったときは、新しく記録してください。", "The round was called off."
    ),
    "round-made": Message("この見回りは、行った記録があります。", "The round was made already."),
    "round-made-otherwise": Message(
        "ほかの職員が、すでにこの見回りを記録しています。入力したものは残っています。"
        "下の印の欄が、記録されている内容です。",
        "The round was recorded already, with other words.",
    ),
    "place-missing": Message("場所を書いてください。", "Name the place.", ("place",)),
    "gathered-negative": Message(
        "人数は0以上で書いてください。", "A number of people is not negative.", ("gathered",)
    ),
}
