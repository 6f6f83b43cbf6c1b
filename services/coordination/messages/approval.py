"""Every refusal about a 決裁 as a sentence for people."""

from __future__ import annotations

from shared.web.messages import Message

approval_messages = {
    "approval-missing": Message(
        "決裁が済んでいません。この内容で決裁を回し、済んでから記録してください。",
        "The city asks for an approval of exactly this; it has not been granted.",
    ),
    "approval-not-needed": Message(
        "この市では、決裁の順番が決められていません。", "The city names nobody who approves this."
    ),
    "approval-pending": Message(
        "同じ種類の決裁が、いま回っています。それが済むか、取り下げてから回してください。",
        "An approval of this kind is under way.",
    ),
    "approval-granted": Message(
        "この内容の決裁は、もう済んでいます。", "This has been approved already."
    ),
    "approval-unknown": Message("この決裁はありません。", "There is no such approval."),
    "approval-over": Message(
        "この決裁は、差し戻されたか、取り下げられたか、もう済んでいます。",
        "This approval is over.",
    ),
    "approval-not-this-step": Message(
        "先にほかの職員が決裁しました。画面を開き直して、今の順番を確かめてください。",
        "It is another step's turn now.",
    ),
    "approval-not-yours": Message(
        "この順番の決裁ができるのは、その職の職員と、代決を任された職員だけです。",
        "Only who holds the post, or a deputy, may sign this step.",
    ),
    "approval-own": Message(
        "自分が回した決裁に、自分で決裁することはできません。",
        "Nobody approves what they asked for.",
    ),
    "approval-twice": Message(
        "一つの決裁に、同じ職員が二度決裁することはできません。",
        "Nobody signs the same approval twice.",
    ),
    "reason-missing": Message("差し戻す理由を書いてください。", "Say why.", at=("reason",)),
    "deputy-without-reason": Message(
        "代決するときは、その理由を書いてください。",
        "Say why you sign in the holder's stead.",
        at=("note",),
    ),
}
