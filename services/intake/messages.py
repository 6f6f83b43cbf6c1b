"""Every way intake says no, as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping

from shared.casefile.noting import MESSAGES
from shared.web.messages import Message

messages: Mapping[str, Message] = {
    **MESSAGES,
    "consultation-unknown": Message(
        "この相談は見つかりません。一覧から選び直してください。",
        "There is no such consultation.",
    ),
    "received-in-future": Message(
        "受付日が未来の日付です。今日までの日付を入れてください。",
        "The day of the consultation lies in the future.",
    ),
    "born-in-future": Message(
        "生年月日が受付日より後です。確かめてください。",
        "The date of birth is later than the day of the consultation.",
    ),
    "main-issue-not-ticked": Message(
        "主な課題（◎）は、○を付けた課題の中から選んでください。",
        "The main issue is not among the issues that are ticked.",
    ),
    "main-topic-not-ticked": Message(
        "いちばんの相談内容（◎）は、○を付けた中から選んでください。",
        "The main topic is not among the topics that are ticked.",
    ),
    "nothing-written": Message(
        "相談内容・希望・課題のどれか一つは記入してください。",
        "Give at least one of: content, wishes, issues.",
    ),
    "assessed-in-future": Message(
        "記入日が未来の日付です。今日までの日付を入れてください。",
        "The day of the sheet lies in the future.",
        ("on",),
    ),
    "sheet-changed-meanwhile": Message(
        "入力している間に、ほかの職員がこの記録を書きかえました。開き直して確かめてください。",
        "Somebody else saved this sheet meanwhile; read it again.",
    ),
    "sheet-empty": Message(
        "どれか一つの欄に記入してください。",
        "The sheet is empty.",
    ),
    "code-not-listed": Message(
        "選択肢にない値です。一覧から選び直してください。",
        "This code is not in the city's vocabulary.",
    ),
    "case-unknown": Message(
        "合わせる先のケースが見つかりません。候補から選び直してください。",
        "There is no such case.",
    ),
    "case-not-proposed": Message(
        "氏名・ふりがな・電話番号・生年月日のどれも、選ばれたケースと合いません。"
        "票を確かめるか、新しい方として受け付けてください。あとから合わせることもできます。",
        "Nothing on the sheet agrees with that case, and you have nothing to do with it yet.",
    ),
    "case-not-chosen": Message(
        "合わせる先のケースを選んでください。",
        "Choose the case to attach this consultation to.",
    ),
    "attached-meanwhile": Message(
        "ほかの人が先にケースを合わせました。画面を開き直して確かめてください。",
        "Somebody else attached this consultation meanwhile. Look again.",
    ),
    "escalated-stays-with-its-case": Message(
        "多機関協働へつないでいる間は、ケースを変えられません。"
        "同じ方だと分かったら、多機関協働の担当に知らせてください。",
        "While it is escalated, the consultation stays with its case.",
    ),
    "already-escalated": Message(
        "この相談は、すでに多機関協働へつないであります。"
        "新しい動きがあれば、新しい相談として受け付けてください。",
        "This consultation is escalated already. Receive what is new as a new consultation.",
    ),
    "nothing-to-hand-over": Message(
        "渡すものはありません。お名前などは、すでに渡してあるか、ケースが窓口に戻っています。",
        "Nothing waits to be handed over: it was handed over already, or the case came back.",
    ),
    "not-called-to-meeting": Message(
        "その支援会議には呼ばれていないか、会議が取りやめになりました。画面を開き直して確かめてください。",
        "We are not called to that 支援会議, or it was called off. Look again.",
    ),
    "reasons-missing": Message(
        "つなぐ理由を一つ以上選んでください。",
        "Give at least one reason.",
    ),
    "escalated-in-future": Message(
        "つないだ日が未来の日付です。今日までの日付を入れてください。",
        "The day of the escalation lies in the future.",
    ),
    "escalated-before-received": Message(
        "つないだ日が、相談の受付日より前です。確かめてください。",
        "The escalation is earlier than the consultation.",
    ),
    "basis-missing": Message(
        "情報を渡す根拠（本人同意・緊急・法令・支援会議）とその内容を記入してください。"
        "根拠がないと渡せません。",
        "A legal basis with its reference is required.",
    ),
    "consent-day-missing": Message(
        "同意をもらった日を記入してください。",
        "Give the day of the consent.",
    ),
    "consent-in-future": Message(
        "同意の日が未来の日付です。同意をもらった日を入れてください。",
        "The day of the consent lies in the future.",
    ),
    "referral-unknown": Message(
        "この紹介は見つかりません。一覧から選び直してください。",
        "There is no such referral.",
    ),
    "referral-to-oneself": Message(
        "自分の窓口には紹介できません。別の窓口を選んでください。",
        "A counter cannot refer to itself.",
    ),
    "referral-why-missing": Message(
        "紹介する理由と、お願いしたいことを書いてください。",
        "Say why, and what the other counter is asked to do.",
    ),
    "referral-runs-already": Message(
        "この窓口には、すでに紹介してあります。返事を待つか、先の紹介を取り消してください。",
        "A referral to this counter is running already.",
    ),
    "referral-answered": Message(
        "紹介先がすでに返事をしています。画面を開き直して確かめてください。",
        "This referral has been answered meanwhile. Look again.",
    ),
    "referral-over": Message(
        "この紹介はすでに終わっています。画面を開き直して確かめてください。",
        "This referral is over. Look again.",
    ),
    "referral-not-taken": Message(
        "まだ受けていない紹介です。先に「受ける」を押してください。",
        "This referral was not taken yet.",
    ),
    "not-your-referral": Message(
        "紹介した窓口か、紹介された窓口だけが見られます。",
        "Only the two counters of a referral may see it.",
    ),
    "not-your-consultation": Message(
        "この相談を受け付けた窓口か、主担当の窓口だけができます。",
        "Only the counter that received this consultation, or the lead agency, may do this.",
    ),
    "not-your-counter": Message(
        "ほかの窓口の相談としては受け付けられません。自分の窓口を選んでください。",
        "You can receive consultations for your own counter only.",
    ),
    "ties-full": Message(
        "つながりは20件までです。なくなったものを「なくなった」にしてから記録してください。",
        "A household has 20 ties at the most.",
    ),
    "tie-unknown": Message(
        "このつながりの記録は見つかりません。画面を開き直してください。", "There is no such tie."
    ),
    "tie-with-nobody": Message(
        "だれ・どこと つながっているかを書いてください。", "Say with whom.", at=("who",)
    ),
    "tie-in-future": Message(
        "まだ来ていない日は記録できません。", "That day has not come yet.", at=("on", "since")
    ),
    "tie-ended-before-it-began": Message(
        "なくなった日が、始まった日より前です。", "It ended before it began.", at=("on", "since")
    ),
    "tie-changed-meanwhile": Message(
        "ほかの職員が先に直しました。画面を開き直してください。",
        "A colleague changed it first: read it again.",
    ),
    "household-full": Message(
        "世帯員は30人までです。",
        "A household has 30 members at the most.",
    ),
    "member-changed-meanwhile": Message(
        "ほかの職員が先に直しました。画面を開き直してください。",
        "A colleague changed it first: read it again.",
    ),
    "member-unknown": Message(
        "この世帯員の記録は見つかりません。画面を開き直してください。",
        "There is no such member of the household.",
    ),
    "member-born-in-future": Message(
        "世帯員の生年月日が未来の日付です。確かめてください。",
        "The member's date of birth lies in the future.",
    ),
    "joined-in-future": Message(
        "世帯に加わった日が未来の日付です。確かめてください。",
        "The day of joining lies in the future.",
    ),
    "left-in-future": Message(
        "日付が未来です。今日までの日付を入れてください。",
        "The day lies in the future.",
    ),
    "left-before-joined": Message(
        "世帯に加わった日より前の日付です。確かめてください。",
        "The member left before joining.",
    ),
    "member-died": Message(
        "亡くなったと記録されている方です。",
        "This member is recorded as deceased.",
    ),
    "self-recorded-already": Message(
        "本人はすでに記録されています。その記録を直してください。",
        "The person is recorded as a member already.",
    ),
    "counter-without-field": Message(
        "この窓口は四つの分野のどれでもないため、「分野を超えた対応」には数えません。",
        "This counter has no field of its own, so nothing can be beyond it.",
    ),
    "field-reason-missing": Message(
        "直す理由を書いてください。",
        "Say why it is corrected.",
    ),
    "detachment-reason-missing": Message(
        "別の方だとわかった理由を書いてください。",
        "Say how it turned out to be somebody else.",
    ),
}
