"""Every refusal about plans, policies and evaluations as a sentence for people."""

from __future__ import annotations

from shared.web.messages import Message

plan_messages = {
    "draft-changed": Message(
        "ほかの職員が先に保存しました。違うところを下に並べました。入力した内容は残っています。",
        "A colleague saved first: read the draft again and send the version you have seen.",
    ),
    "draft-missing": Message(
        "下書きがまだありません。先に下書きを保存してください。", "There is no draft yet."
    ),
    "goals-missing": Message(
        "課題と、その課題の目標を、1つ以上書いてください。",
        "Every problem needs a goal, and there must be one at least.",
    ),
    "contact-desk-missing": Message("連絡窓口を選んでください。", "Choose the desk of contact."),
    "review-missing": Message("次に見直す日を書いてください。", "Say when it is reviewed next."),
    "period-backwards": Message(
        "プランの終わりの日が、始まりの日より前です。", "The period ends before it begins."
    ),
    "not-agreed-with-person": Message(
        "本人と合意したことを確かめて、印を付けてください。",
        "Confirm that the person agreed.",
        at=("agreed",),
    ),
    "policy-with-consent": Message(
        "本人の同意があるケースです。支援方針ではなく、支援プランを作ってください。",
        "There is consent: make a plan instead.",
    ),
    "policy-before-meeting": Message(
        "支援会議より前の日は記録できません。", "That is before the meeting.", at=("on",)
    ),
    "direction-missing": Message("支援方針を書いてください。", "Write it.", at=("direction",)),
    "policy-hidden": Message(
        "支援方針は、その支援会議に出席した機関だけが見られます。",
        "Only the members of that meeting and those in charge may see it.",
    ),
    "plan-not-current": Message(
        "評価できるのは、今の支援プランです。画面を開き直してください。",
        "Only the plan that holds now can be evaluated.",
    ),
    "evaluation-changed": Message(
        "ほかの職員が、この評価を先に書きました。入力したものは残っています。",
        "The evaluation was written or corrected meanwhile.",
    ),
    "evaluation-unknown": Message("まだ評価がありません。", "There is no evaluation yet."),
    "verdicts-missing": Message("目標ごとの評価を選んでください。", "Evaluate every goal."),
    "case-not-closed": Message(
        "終結していないケースです。終結後の情報共有は記録できません。", "The case is not closed."
    ),
    "note-missing": Message("共有した内容を書いてください。", "Write it.", at=("note",)),
    "plan-unknown": Message("この支援プランはありません。", "There is no such plan."),
}
