"""Every refusal of outreach as a sentence for people."""

from __future__ import annotations

from shared.web.messages import Message

messages = {
    "request-unknown": Message(
        "この依頼は、登録されていないか、ほかの地区の担当です。一覧からもう一度お選びください。",
        "There is no such request, or it is not yours to see.",
    ),
    "not-started": Message(
        "まだ支援を始めていません。先に「支援を始める」を押してください。",
        "The outreach has not been started yet.",
    ),
    "already-concluded": Message(
        "この支援は終了しています。続ける場合は、多機関協働からあらためて依頼を受けてください。",
        "The outreach was concluded; a new request is needed to go on.",
    ),
    "before-request": Message(
        "始めた日が、依頼の日より前です。確かめてください。",
        "It cannot begin before it was asked for.",
        ("on",),
    ),
    "before-start": Message(
        "支援を始めた日より前の日付は記録できません。日付を確かめてください。",
        "The day lies before the support began.",
        ("on",),
    ),
    "day-in-future": Message(
        "まだ来ていない日は記録できません。日付を確かめてください。",
        "The day lies in the future; only what has happened can be recorded.",
        ("on",),
    ),
    "plan-over": Message(
        "この訪問の予定は、もう記録したか取りやめています。依頼の画面から開き直してください。",
        "This planned visit was made or dropped already.",
    ),
    "concluded-otherwise": Message(
        "ほかの職員が、すでにこの支援を終えています。入力したものは残っています。"
        "下の印の欄が、記録されている内容です。",
        "The outreach was concluded already, with other words.",
    ),
    "not-concluded": Message(
        "この支援はまだ終えていません。依頼の画面から開き直してください。",
        "The outreach was not concluded yet.",
    ),
    "conclusion-changed-meanwhile": Message(
        "入力している間に、ほかの職員が終えた記録を書きかえました。入力したものは残っています。"
        "下の印の欄が、記録されている内容です。",
        "Somebody else corrected the conclusion meanwhile; read it again.",
        ("edition",),
    ),
    "end-before-last": Message(
        "終えた日が、最後の訪問・つなぎの記録より前です。日付を確かめてください。",
        "The end lies before something that was done.",
        ("on",),
    ),
    "after-end": Message(
        "支援を終えた日より後の日付は記録できません。日付を確かめてください。",
        "The day lies after the end of the outreach.",
        ("on",),
    ),
    "basis-missing": Message(
        "個人情報を渡す根拠を書いてください。", "Say on which ground.", ("reference", "basis")
    ),
    "passed-missing": Message(
        "相手に何を伝えたかを書いてください。", "Say what the agency was told.", ("passed",)
    ),
    "reason-missing": Message("取り消す理由を書いてください。", "Say why.", ("reason",)),
    "link-unknown": Message(
        "このつないだ記録はありません。依頼の画面から開き直してください。",
        "There is no such link.",
    ),
    "link-changed-meanwhile": Message(
        "入力している間に、ほかの職員がこの記録を書きかえました。開き直して確かめてください。",
        "Somebody else corrected the link meanwhile; read it again.",
        ("edition",),
    ),
    "tie-unknown": Message(
        "このつながりの記録はありません。依頼の画面から開き直してください。",
        "There is no such tie.",
    ),
    "tie-changed-meanwhile": Message(
        "入力している間に、ほかの職員がこの記録を書きかえました。開き直して確かめてください。",
        "Somebody else corrected the tie meanwhile; read it again.",
        ("edition",),
    ),
    "visit-unknown": Message(
        "この訪問の記録はありません。依頼の画面から開き直してください。", "There is no such visit."
    ),
    "visit-changed-meanwhile": Message(
        "入力している間に、ほかの職員がこの記録を書きかえました。開き直して確かめてください。",
        "Somebody else corrected the visit meanwhile; read it again.",
        ("edition",),
    ),
    "plan-unknown": Message(
        "この訪問の予定はありません。依頼の画面から開き直してください。",
        "There is no such planned visit.",
    ),
    "plan-in-past": Message(
        "過ぎた日は予定にできません。行ったときは、行った記録を書いてください。",
        "A plan lies ahead; record what was done instead.",
        ("on",),
    ),
    "nobody-goes": Message("行く人数は1人以上です。", "At least one goes.", ("staff",)),
    "next-before-visit": Message(
        "次の予定日が、訪問した日より前になっています。",
        "The next contact lies before this one.",
        ("next_on",),
    ),
}
