"""Every refusal of participation as a sentence for people."""

from __future__ import annotations

from shared.web.messages import Message

messages = {
    "request-unknown": Message(
        "この依頼は、登録されていないか、ほかの地区の担当です。一覧からもう一度お選びください。",
        "There is no such request, or it is not yours to see.",
    ),
    "not-started": Message(
        "まだ支援を始めていません。先に「支援を始める」を押してください。",
        "The support has not been started yet.",
    ),
    "already-concluded": Message(
        "この支援は終了しています。支援を続ける場合は、多機関協働からあらためて依頼を受けてください。",
        "The support was concluded; a new request is needed to go on.",
    ),
    "plan-first": Message(
        "参加支援プランがまだありません。先にプランを作ってください。",
        "Write the participation plan first.",
    ),
    "place-first": Message(
        "受け入れ先がまだ決まっていません。先にマッチングを記録してください。",
        "Match a place first.",
    ),
    "place-unknown": Message(
        "この受け入れ先は台帳にありません。一覧から選び直してください。",
        "This place is not in the directory.",
        ("resource_id",),
    ),
    "place-retired": Message(
        "この受け入れ先は使えなくなりました。別の場所を選んでください。",
        "This place was retired; choose another one.",
        ("resource_id",),
    ),
    "follow-up-first": Message(
        "この結果で終えるには、今の受け入れ先でのフォローアップの記録が必要です。",
        "A stable relation needs a recorded follow-up at the present place.",
        ("outcome",),
    ),
    "relation-not-stable": Message(
        "いちばん新しいフォローアップでは、関係が「安定している」になっていません。"
        "今のようすを確かめてフォローアップを記録するか、ほかの結果を選んでください。",
        "The newest follow-up does not find the relation stable.",
        ("outcome",),
    ),
    "judgement-missing": Message(
        "「関係が安定した」で終えるときは、そう判断した理由を書いてください。",
        "A stable relation is a judgement: say why.",
        ("judgement",),
    ),
    "contact-missing": Message(
        "「関係が安定した」で終えるときは、終わったあとの連絡を選んでください。"
        "間隔を決めないときは「必要なとき」を選びます。",
        "Say how the contact goes on; as needed is a choice, too.",
        ("contact_every",),
    ),
    "before-last-record": Message(
        "最後の記録（見学・体験、マッチング、フォローアップ）の日より前には終えられません。日付を確かめてください。",
        "The end would lie before something that was done.",
        ("on",),
    ),
    "already-matched": Message(
        "この受け入れ先とは、すでにマッチングしています。同じ場所は1件と数えます。"
        "書き加えることは、フォローアップに記録してください。",
        "They are matched already, which is one match; write what is new into a follow-up.",
        ("resource_id",),
    ),
    "match-unknown": Message(
        "このマッチングの記録はありません。画面を開き直して確かめてください。",
        "There is no such match.",
    ),
    "match-followed": Message(
        "この受け入れ先ではフォローアップの記録があるため、取り消せません。"
        "通わなくなったときは、フォローアップに記録してください。",
        "Somebody was followed up there, so the match was no mistake; record how it went on.",
    ),
    "follow-up-unknown": Message(
        "このフォローアップの記録はありません。画面を開き直して確かめてください。",
        "There is no such follow-up.",
    ),
    "contact-unknown": Message(
        "この連絡の記録はありません。画面を開き直して確かめてください。",
        "There is no such contact.",
    ),
    "changed-meanwhile": Message(
        "入力している間に、ほかの職員がこの記録を書きかえました。今の記録を確かめて、もう一度保存してください。",
        "Somebody else wrote this record meanwhile; compare and send again.",
    ),
    "after-end": Message(
        "支援を終えた日より後の日付にはできません。日付を確かめてください。",
        "The day lies after the end of the support.",
        ("on",),
    ),
    "why-missing": Message(
        "合わなかったときは、理由を書いてください。次の受け入れ先を探す手がかりになります。",
        "Say why it did not fit.",
        ("note",),
    ),
    "before-request": Message(
        "始めた日が、依頼の日より前です。確かめてください。",
        "It cannot begin before it was asked for.",
    ),
    "before-start": Message(
        "支援を始めた日より前の日付は記録できません。日付を確かめてください。",
        "The day lies before the support began.",
        ("on",),
    ),
    "before-plan": Message(
        "参加支援プランの日より前の日付は記録できません。日付を確かめてください。",
        "The day lies before the participation plan.",
        ("on",),
    ),
    "plan-changed": Message(
        "ほかの職員がプランを書き直しました。入力した内容は残っています。下の今のプランと見比べてください。",
        "Somebody else wrote the plan meanwhile; compare and send again.",
    ),
    "contact-until-before-end": Message(
        "連絡の最後の日が、終えた日より前です。日付を確かめてください。",
        "The contact would end before the support does.",
        ("contact_until",),
    ),
    "not-concluded": Message(
        "まだ続いている支援です。フォローアップを記録してください。",
        "This support is not over; record a follow-up.",
    ),
    "before-end": Message(
        "支援を終えた日より前の日付は記録できません。日付を確かめてください。",
        "The day lies before the end of the support.",
        ("on",),
    ),
    "before-match": Message(
        "受け入れ先を決めた日より前の日付は記録できません。日付を確かめてください。",
        "The day lies before any place was matched.",
        ("on",),
    ),
    "day-in-future": Message(
        "まだ来ていない日は記録できません。日付を確かめてください。",
        "The day lies in the future; only what has happened can be recorded.",
        ("on",),
    ),
    "next-before-visit": Message(
        "次の予定日が、今回の日より前になっています。",
        "The next follow-up lies before this one.",
        ("next_on",),
    ),
}
