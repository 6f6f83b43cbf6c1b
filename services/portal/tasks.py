"""What people of each role come here to do, in the order in which they usually need it."""

from __future__ import annotations

from dataclasses import dataclass

from shared.privacy.access import Role


@dataclass(frozen=True)
class Task:
    title: str
    hint: str
    href: str


_RECEIVE = Task(
    "相談を受け付ける", "窓口や電話で受けた相談を記録します", "/intake/consultations/new"
)
_CONSULTATIONS = Task("相談を探す", "受け付けた相談の続き、多機関協働へのつなぎ", "/intake")
_TODO = Task("窓口のやること", "緊急の相談、返事を待つ紹介、戻ってきた相談", "/intake/due")
_REFERRALS = Task(
    "紹介に答える", "ほかの窓口から届いた紹介と、返事を待っている紹介", "/intake/referrals"
)
_LED = Task("主担当のケースを見る", "終結したあとも窓口が見守るケース", "/intake/led")
_CASES = Task("ケースを進める", "受付待ち、同意、プラン、終結と再開", "/coordination")
_INQUIRIES = Task("照会に答える", "多機関協働から頼まれたシートと報告", "/coordination/inquiries")
_OUTREACH = Task("訪問を記録する", "アウトリーチの依頼と訪問", "/outreach")
_PARTICIPATION = Task("参加支援を進める", "居場所や活動とつなぐ", "/participation")
_PLACES = Task("地域の場と活動", "居場所、団体、活動の登録と記録", "/community")
_WEEK = Task("1週間の予定を見る", "どこがいつ開いているか。印刷もできます", "/community/calendar")
_MISSING = Task(
    "足りない社会資源", "会議や地域で足りないとわかったものを、場にします", "/community/gaps"
)
_FIGURES = Task("計画の指標を見る", "年度ごとの数値と、その元の記録", "/reporting")
_STREAMS = Task("動作状況を見る", "サービスの間の知らせが届いているか", "/portal/streams")

_TASKS = {
    Role.COUNTER: [
        _RECEIVE, _CONSULTATIONS, _TODO, _REFERRALS, _INQUIRIES, _LED, _CASES, _PLACES, _FIGURES,
    ],
    Role.COORDINATOR: [
        _CASES, _RECEIVE, _CONSULTATIONS, _OUTREACH, _PARTICIPATION, _PLACES, _FIGURES,
    ],
    Role.NURSE: [_OUTREACH, _CASES, _RECEIVE, _CONSULTATIONS, _PARTICIPATION, _FIGURES],
    Role.COMMUNITY: [_PLACES, _WEEK, _MISSING, _FIGURES],
    Role.MANAGER: [_FIGURES],
    Role.OPERATOR: [_STREAMS, _FIGURES],
}  # fmt: skip


def tasks_for(role: Role) -> list[Task]:
    return _TASKS.get(role, [])
