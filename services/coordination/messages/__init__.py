"""Every refusal of coordination as a sentence for people."""

from __future__ import annotations

from services.coordination.messages.approval import approval_messages
from services.coordination.messages.meeting import meeting_messages
from services.coordination.messages.plan import plan_messages
from shared.casefile.noting import MESSAGES
from shared.web.messages import Message

messages = {
    **plan_messages,
    **MESSAGES,
    **approval_messages,
    **meeting_messages,
    "inquiry-unknown": Message(
        "この照会は登録されていません。一覧からもう一度お選びください。",
        "There is no such inquiry.",
    ),
    "inquiry-over": Message(
        "すでに回答があったか、取り下げた照会です。画面を開き直してください。",
        "This inquiry was answered or dropped meanwhile.",
    ),
    "inquiry-dropped": Message(
        "取り下げられた照会です。回答はいりません。",
        "This inquiry was dropped; no answer is needed.",
    ),
    "question-missing": Message(
        "教えてほしいことを書いてください。", "Say what you want to know.", at=("question",)
    ),
    "answer-changed": Message(
        "同じ機関のほかの職員が、先に回答しました。入力したものは残っています。",
        "A colleague answered meanwhile.",
    ),
    "told-by-missing": Message(
        "だれから聞いたかを書いてください。", "Say who of the agency told you.", at=("told_by",)
    ),
    "answer-missing": Message("回答を書いてください。", "Write the answer.", at=("answer",)),
    "agency-missing": Message(
        "照会する機関を一つ以上選んでください。",
        "Choose at least one agency.",
        at=("agencies",),
    ),
    "agency-not-member": Message(
        "根拠にした支援会議に出席していない機関です。支援会議を根拠にできるのは、出席した機関のあいだだけです。",
        "On the ground of a 支援会議 only agencies that sat there may be told.",
        at=("agencies", "lead_agency", "meeting_id"),
    ),
    "paper-not-yours": Message(
        "票は、ご本人の情報を見られる職員だけが印刷できます。",
        "Only those who may see the person print their sheets.",
    ),
    "not-your-inquiry": Message(
        "照会された機関と、担当する職員だけが見られます。",
        "Only the agency that was asked and those in charge may see it.",
    ),
    "note-not-yours": Message(
        "支援経過は、このケースを担当する職員と主担当の機関が書きます。",
        "Those in charge of the case and its 主担当 write what was done.",
    ),
    "contact-ends-before-closure": Message(
        "連絡を続ける期限が、終結した日より前です。日付を確かめてください。",
        "The contact would end before the closure.",
        at=("contact_until",),
    ),
    "nobody-came-back": Message(
        "終結のあとの相談で、判断を待っているものはありません。",
        "Nobody of this closed case came again.",
    ),
    "came-back-meanwhile": Message(
        "そのあとにも相談がありました。画面を開き直して、その相談も確かめてください。",
        "Somebody came again meanwhile; open the page anew.",
    ),
    "declining-reason-missing": Message(
        "再開しない理由を書いてください。", "Say why it is not resumed.", at=("reason",)
    ),
    "look-not-after-return": Message(
        "様子を聞く日は、戻した日よりあとにしてください。",
        "The day to look again must lie after the return.",
        at=("look_on",),
    ),
    "not-a-past-day": Message(
        "昨日までの日付を入れてください。今日の状態は、そのままの画面で見られます。",
        "Only a day that is over can be looked back at.",
        at=("on",),
    ),
    "past-is-past": Message(
        "過去の画面からは記録できません。今の画面に戻ってください。",
        "Nothing can be recorded on a past day's page.",
    ),
    "ground-holds": Message(
        "この依頼の根拠は、今もあります。決め直すことはありません。",
        "This request still has its ground.",
    ),
    "before-ground-lost": Message(
        "根拠がなくなった日より前の日は選べません。",
        "Not before the day the ground was lost.",
        at=("on",),
    ),
    "keeper-not-listed": Message(
        "担当者を一覧から選んでください。",
        "Choose somebody from the list.",
        at=("keeper",),
    ),
    "consent-expired": Message(
        "本人の同意の期限が過ぎています。もう一度本人に確かめて、同意を記録してください。",
        "The consent has expired; ask the person again.",
    ),
    "consent-other-purpose": Message(
        "本人の同意の目的に含まれていません。本人に確かめて、同意を記録し直してください。",
        "The consent was given for other purposes.",
    ),
    "consent-other-recipient": Message(
        "本人が共有に同意していない機関が含まれています。機関を外すか、同意を記録し直してください。",
        "The consent does not cover all of these agencies.",
        at=("members", "agencies", "lead_agency"),
    ),
    "consent-over-before-begun": Message(
        "同意の期限が、確かめた日より前です。日付を確かめてください。",
        "The consent would end before it begins.",
        at=("expires_on",),
    ),
    "case-unknown": Message(
        "このケースは多機関協働につながれていません。一覧からもう一度お選びください。",
        "This case was never escalated to coordination.",
    ),
    "case-waiting": Message(
        "まだ受付を判断していないケースです。先に「受け付ける」か「紹介元へ戻す」を選んでください。",
        "Nobody has decided on this case yet: accept it or return it first.",
    ),
    "case-returned": Message(
        "紹介元へ戻したケースです。あらためて紹介があれば受け付けられます。",
        "The case was returned to the referrer; it can be accepted when it is escalated again.",
    ),
    "case-closed": Message(
        "一旦終結したケースです。続けるには先に「再開する」を選んでください。",
        "The case is closed; resume it first.",
    ),
    "escalation-unknown": Message(
        "この紹介は登録されていません。画面を開き直してください。",
        "There is no such escalation of this case.",
    ),
    "escalation-returned": Message(
        "この紹介はすでに紹介元へ戻しています。",
        "This escalation was already returned to the referrer.",
    ),
    "escalation-waiting": Message(
        "まだ判断していない紹介があります。受け付けるか戻すかを決めてから終結してください。",
        "An escalation of this case waits for a decision; decide on it before closing.",
    ),
    "nothing-waits": Message(
        "判断を待っている紹介はありません。ケースの画面で次にすることを確かめてください。",
        "No escalation of this case waits for a decision.",
    ),
    "resume-instead": Message(
        "一旦終結したケースへの新しい紹介です。「再開する」を選ぶと、この紹介も受け付けます。",
        "The case is closed: resume it, and this escalation is accepted with it.",
    ),
    "support-has-begun": Message(
        "支援プランか支援の依頼があるため、紹介元へは戻せません。「終結する」をお使いください。",
        "Support has begun, so the case is closed and no longer returned.",
    ),
    "before-escalation": Message(
        "紹介を受けた日より前の日付は記録できません。日付を確かめてください。",
        "The day lies before the escalation that is decided on.",
        ("on",),
    ),
    "before-acceptance": Message(
        "受け付けた日より前の日付は記録できません。日付を確かめてください。",
        "The day lies before the case was accepted.",
        ("on",),
    ),
    "before-closure": Message(
        "終結した日より前の日付では再開できません。日付を確かめてください。",
        "The day lies before the closure that is undone.",
        ("on",),
    ),
    "before-consent": Message(
        "同意した日より前の日付では取り下げられません。日付を確かめてください。",
        "The day lies before the consent that is withdrawn.",
        ("on",),
    ),
    "plan-before-consent": Message(
        "本人の同意より前の日付では、支援プランを決められません。日付を確かめてください。",
        "A plan cannot be older than the consent it rests on.",
        ("on",),
    ),
    "meeting-before-consent": Message(
        "重層的支援会議は、本人の同意のあとに開きます。会議の日と同意の日を確かめてください。",
        "A 重層的支援会議 cannot be older than the consent of a case on its agenda.",
        ("on",),
    ),
    "accepted-meanwhile": Message(
        "ほかの職員が、この紹介を先に受け付けました。ケースの画面で今の状態を確かめてください。",
        "Somebody else accepted this escalation meanwhile; look at the case again.",
    ),
    "application-known": Message(
        "相談受付・申込票はすでに受け付けています。",
        "The application of this case was received before.",
    ),
    "consent-given": Message(
        "本人の同意はすでに記録されています。取り下げる場合は「前にした同意を取り下げる」を選んでください。",
        "Consent is recorded already; to take it back, withdraw it.",
        ("answer",),
    ),
    "consent-unknown": Message(
        "取り下げる同意が見当たりません。画面を開き直してください。",
        "There is no such consent to withdraw.",
        ("answer",),
    ),
    "consent-missing": Message(
        "本人の同意がありません。同意を記録するか、支援会議（社会福祉法第106条の6）で扱ってください。",
        "There is no consent: record it, or take the case to a support meeting (article 106-6).",
        ("kind", "basis"),
    ),
    "agenda-empty": Message(
        "会議で扱うケースを1件以上選んでください。",
        "A meeting needs at least one case on its agenda.",
    ),
    "meeting-unknown": Message(
        "この会議は登録されていません。先に重層的支援会議を記録してください。",
        "There is no such meeting; record the plan meeting first.",
        ("meeting_id",),
    ),
    "meeting-without-case": Message(
        "選んだ会議では、このケースを扱っていません。",
        "This case was not on the agenda of that meeting.",
        ("meeting_id",),
    ),
    "support-meeting-makes-no-plan": Message(
        "支援会議（同意なし）で決めたことは支援プランにできません。重層的支援会議で決めてください。",
        "Nothing decided in a support meeting counts as a plan.",
        ("meeting_id",),
    ),
    "plan-before-meeting": Message(
        "プランを決めた日が、会議の日より前になっています。",
        "The plan is dated before the meeting that set it.",
        ("on",),
    ),
    "roles-missing": Message(
        "役割分担を1行以上書いてください（機関と、すること）。",
        "A plan needs at least one role: an agency and what it does.",
        ("agency_1",),
    ),
    "review-not-after-plan": Message(
        "見直しの日は、プランを決めた日より後にしてください。",
        "The review must lie after the day of the plan.",
        ("review_on",),
    ),
    "person-unknown": Message(
        "本人の情報がまだ届いていません。申込票を記録するか、引継ぎが届くまでお待ちください。",
        "Nothing is known about the person yet: record the application or wait for the hand-over.",
    ),
    "support-meeting-missing": Message(
        "根拠にする支援会議を選んでください。このケースを扱った支援会議が必要です。",
        "Choose the support meeting that dealt with this case as the legal basis.",
        ("meeting_id",),
    ),
    "ground-missing": Message(
        "根拠となる法令の条文、または緊急の理由を書いてください。",
        "Write the article of the law or the reason of the urgency.",
        ("reference",),
    ),
    "closure-unknown": Message(
        "このケースには、その終結の記録がありません。画面を開き直してください。",
        "There is no such closure of this case.",
    ),
    "case-open": Message(
        "支援中のケースです。再開する必要はありません。",
        "The case is open; there is nothing to resume.",
    ),
    "closure-undone": Message(
        "その終結はすでに再開されています。画面を開き直してください。",
        "That closure was already undone.",
    ),
    "role-incomplete": Message(
        "役割分担は、機関と、することの両方を書いてください。",
        "A role needs both an agency and what it does.",
    ),
    "subject-forgotten": Message(
        "この方の個人情報は消去済みです。新しいケースとして受け付けてください。",
        "The personal data of this case was erased; start a new case.",
    ),
}
