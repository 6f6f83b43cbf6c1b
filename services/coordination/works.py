"""The forms about a case: what is typed, what it does, and what staff read before and after."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from services.coordination import grounding, minuting, noting, work
from services.coordination.asked import case as asked
from services.coordination.desk import Desk
from services.coordination.made import Made
from shared.casefile.noting import NoteForm

WorkName = Literal[
    "acceptance",
    "return",
    "application",
    "consent",
    "meetings",
    "plans",
    "participation-requests",
    "outreach-requests",
    "closure",
    "resumption",
    "notes",
    "nurse",
    "declination",
    "grounds",
]


@dataclass(frozen=True)
class Work:
    """One form: what is typed, what it does, what it is called, what is said when it is done."""

    model: type[BaseModel]
    do: Callable[[Desk, UUID, Any], Awaitable[Made]]
    title: str
    lead: str
    """What it is for and what follows from it."""
    said: str


WORKS: dict[str, Work] = {
    "acceptance": Work(
        asked.Acceptance,
        work.accept_case,
        "多機関協働で受け付ける",
        "受け付けたことは、紹介元に伝わります。次は、本人に申込票を書いてもらいます。",
        "受け付けました。次は、本人に申込票を書いてもらいます。",
    ),
    "return": Work(
        asked.Return,
        work.return_case,
        "紹介元へ戻す",
        "通常の連携で対応できるとき、紹介元と話し合ったうえで戻します。連携は続けます。",
        "紹介元へ戻しました。紹介元にも伝わります。",
    ),
    "application": Work(
        asked.Application,
        work.receive_application,
        "相談受付・申込票を記録する",
        "原則として、本人に書いてもらった申込票の内容を記録します。",
        "申込票を記録しました。",
    ),
    "consent": Work(
        asked.Consent,
        work.record_consent,
        "本人の同意を記録する",
        "情報を共有してよいかを本人に確かめます。同意がないときは、支援会議で検討します。",
        "本人の返事を記録しました。",
    ),
    "meetings": Work(
        asked.Meeting,
        minuting.record_meeting,
        "会議を記録する",
        "開いた会議を記録します。支援プランは、重層的支援会議のあとで記録します。",
        "会議を記録しました。",
    ),
    "plans": Work(
        asked.PlanForm,
        work.make_plan,
        "支援プランを決める",
        "重層的支援会議で決めたことを記録します。見直すときは、前のプランが入っています。",
        "プランを決めました。見直しの日が来ると、一覧に表示されます。",
    ),
    "participation-requests": Work(
        asked.SupportRequest,
        work.ask_participation,
        "参加支援を依頼する",
        "依頼すると、参加支援の一覧に表示され、地区担当保健師が引き継ぎます。",
        "参加支援を依頼しました。始まると、この画面に知らせが届きます。",
    ),
    "outreach-requests": Work(
        asked.SupportRequest,
        work.ask_outreach,
        "アウトリーチを依頼する",
        "依頼すると、アウトリーチの一覧に表示され、訪問などの支援を引き継ぎます。",
        "アウトリーチを依頼しました。始まると、この画面に知らせが届きます。",
    ),
    "closure": Work(
        asked.Closure,
        work.close_case,
        "一旦終結する",
        "役割分担に合意できたら、主担当を決めて終結します。終結後も連携を続け、必要なら再開します。",
        "一旦終結しました。主担当に伝わります。",
    ),
    "resumption": Work(
        asked.Resumption,
        work.resume_case,
        "支援を再開する",
        "状況が変わったときは、すぐに再開します。これまでの記録とプランは残っています。",
        "再開しました。",
    ),
    "nurse": Work(
        asked.Nurse,
        work.name_nurse,
        "担当の保健師を決める",
        "地区担当が決まっていないときや、健康面の支援が必要になったときに決めます。"
        "その地区の保健師が、このケースを見られるようになります。",
        "担当の保健師を決めました。",
    ),
    "declination": Work(
        asked.Declination,
        work.decline_to_resume,
        "再開しないと決める",
        "終結のあとの相談を検討し、主担当に任せるときに残します。また相談があれば、もう一度検討します。",
        "再開しないことを記録しました。",
    ),
    "grounds": Work(
        asked.GroundForm,
        grounding.renew,
        "依頼を続けると決める",
        "同意がなくなった依頼を、別の根拠で続けるときに記録します。続けないときは、依頼先が支援を終えます。",
        "依頼を続けることを記録しました。依頼先に伝わります。",
    ),
    "notes": Work(
        NoteForm,
        noting.write_note,
        "支援経過を書く",
        "電話・訪問・助言など、手続きのあいだにしたことと聞いたことを残します。",
        "支援経過を記録しました。",
    ),
}
HINTS = {
    "acceptance": "多機関協働で受けます",
    "return": "通常の連携で対応できるとき",
    "application": "本人が書いた申込票を受け取ります",
    "consent": "同意・同意なし・取り下げ",
    "meetings": "重層的支援会議・支援会議",
    "plans": "重層的支援会議で決めたことを記録します",
    "participation-requests": "地区担当保健師が引き継ぎます",
    "outreach-requests": "訪問などの支援を引き継ぎます",
    "closure": "主担当を決めて終結します",
    "resumption": "状況が変わったときは、すぐに再開します",
    "nurse": "健康面の支援が必要なとき、地区が決まっていないとき",
    "declination": "主担当に任せるとき",
    "grounds": "同意がなくなった依頼を、別の根拠で続けるとき",
    "notes": "電話・訪問・助言・保健師の参加など",
}
"""Beside the link to the form."""
ELSEWHERE = {
    "keeper": (
        "keeper",
        "担当者を決める",
        "やることと一覧を、自分の担当でしぼりこめます",
        "keeper/new",
    ),
    "plans": (
        "plans",
        "支援プランを書く・見直す",
        "下書きを保存し、会議のあとでプランに決めます",
        "plans/draft",
    ),
    "inquiries": (
        "inquiries",
        "機関に照会する",
        "シートの記入や、進みぐあいの報告を頼みます",
        "inquiries/new",
    ),
    "policies": (
        "policies",
        "支援方針を記録する",
        "支援会議で決めたこと。支援プランには数えません",
        "plans/policies",
    ),
}
"""Forms with pages of their own: name, title, hint and path."""
