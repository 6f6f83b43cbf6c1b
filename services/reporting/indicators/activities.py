"""Q-07 … Q-09 and Q-11 … Q-26: what the records of 地域づくり add up to (B-01 … B-06).

Each of them sums one or two measures of one or two kinds of record (様式), or collects the texts of
one kind (X-28). A corrected record takes away what it said before, on the day it said it, and adds
what it says now.
"""

from __future__ import annotations

from services.reporting.indicators.definition import Definition
from services.reporting.indicators.records import Sum, Texts, observing

_PLACE = "地域づくりに向けた支援"
_LEADERS = "地域介護予防活動支援事業の「{}」の記録に書かれた{}の合計。"
_CORRECTED = "記録を直したときは、直す前の数を除き、直した数を加える。"


def _leaders(kind: str, measure: str) -> str:
    return _LEADERS.format(kind, measure) + _CORRECTED


Q07 = Definition(
    id="Q-07",
    version=1,
    title="介護予防リーダー養成講座受講者数",
    unit="人",
    programme=_PLACE,
    term="受講者：養成講座に参加した人の延べ人数。",
    counts=_leaders("介護予防リーダー養成講座", "参加人数") + "同じ方が2回受講すれば2人と数える。",
    leaves_out="人数は延べ。公開の講演会など、ほかの様式に書かれた参加者は数えない。",
    observes=observing(Sum("leader-course", "participants")),
    persons=True,
)
Q08 = Definition(
    id="Q-08",
    version=1,
    title="介護予防リーダーのPR回数",
    unit="回",
    programme=_PLACE,
    term="PR：介護予防リーダーの活動を地域に知らせること。",
    counts=_leaders("介護予防リーダーのPR", "回数"),
    leaves_out="回数だけを数え、聞いた人の数は数えない。",
    observes=observing(Sum("leader-pr", "times")),
)
Q09 = Definition(
    id="Q-09",
    version=1,
    title="介護予防リーダーの新規参加者数",
    unit="人",
    programme=_PLACE,
    term="新規参加者：その活動にはじめて参加した人。",
    counts=(
        "養成講座と自主グループの記録に書かれた、新しく参加した人の合計。計画はどちらを数えるかを"
        "定めていないため (X-27)、内訳で分けて示す。" + _CORRECTED
    ),
    leaves_out="続けて参加している人と、ほかの様式に書かれた人は数えない。",
    observes=observing(
        Sum("leader-course", "newcomers", ("activity:leader-course",)),
        Sum("group-session", "newcomers", ("activity:group-session",)),
    ),
    parts={"activity": "活動の種類"},
    persons=True,
)
Q11 = Definition(
    id="Q-11",
    version=1,
    title="介護予防リーダー自主グループの利用者数",
    unit="人",
    programme=_PLACE,
    term="利用者：自主グループの活動に参加した人の延べ人数。",
    counts=_leaders("自主グループの活動", "参加人数") + "延べ人数で数える。",
    leaves_out="実人数ではない。グループの数はQ-10で数える。",
    observes=observing(Sum("group-session", "participants")),
    persons=True,
)
Q12 = Definition(
    id="Q-12",
    version=1,
    title="地域イキイキ元気づくり事業の参加を呼びかけた回数",
    unit="回",
    programme=_PLACE,
    term="呼びかけ：事業に参加してもらうための声かけ。",
    counts="参加を呼びかけた回数。地区活動での呼びかけと、個別支援での呼びかけを分けて示す。"
    + _CORRECTED,
    leaves_out="呼びかけを受けた人の数でも、そのうち参加した人の数でもない。",
    observes=observing(
        Sum("ikiiki-call", "calls-district", ("measure:calls-district",), places=True),
        Sum("ikiiki-call", "calls-individual", ("measure:calls-individual",), places=True),
    ),
    parts={"measure": "呼びかけの場", "area": "会場の地区"},
)
Q13 = Definition(
    id="Q-13",
    version=1,
    title="地域イキイキ元気づくり事業の参加人数",
    unit="人",
    programme=_PLACE,
    term="参加人数：開催した日ごとの参加者を合わせた延べ人数。",
    counts="開催の記録に書かれた参加人数の合計 (延べ人数)。" + _CORRECTED,
    leaves_out="実人数ではない。記録のない開催は数えない。",
    observes=observing(Sum("ikiiki-session", "participants", places=True)),
    parts={"area": "会場の地区"},
    persons=True,
)
_ATTRIBUTES = ("men", "women", "under-65", "65-74", "75-over", "with-disability", "with-children")
Q14 = Definition(
    id="Q-14",
    version=1,
    title="地域イキイキ元気づくり事業の参加者の属性",
    unit="人",
    programme=_PLACE,
    term="属性：性別、年齢、障がいの有無、子ども連れ。",
    counts="参加人数を、性別・年齢・障がいの有無・子ども連れの別に示す。" + _CORRECTED,
    leaves_out=(
        "属性を記録しなかった人は内訳に入らない。1人がいくつもの属性に入るため、内訳の合計は参加"
        "人数と一致しない。"
    ),
    observes=observing(
        Sum("ikiiki-session", "participants"),
        *(Sum("ikiiki-session", one, (f"measure:{one}",), whole=False) for one in _ATTRIBUTES),
    ),
    parts={"measure": "属性"},
    apart=frozenset({"measure"}),
    persons=True,
)
Q15 = Definition(
    id="Q-15",
    version=1,
    title="生活支援コーディネーターの地域の訪問件数",
    unit="件",
    programme=_PLACE,
    term="地域の訪問：生活支援コーディネーターが地域の集まりや団体を訪ねること。",
    counts="生活支援体制整備事業の「地域への訪問」の記録に書かれた訪問件数の合計。" + _CORRECTED,
    leaves_out="居場所とのマッチングのための訪問 (Q-17) は数えない。",
    observes=observing(Sum("coordinator-visit", "visits")),
)
Q16 = Definition(
    id="Q-16",
    version=1,
    title="新たな居場所の対象者や内容",
    unit="件",
    programme=_PLACE,
    term="居場所：だれでも、または決まった方が集まれる場。",
    counts="新たな居場所づくりの記録の文 (対象者や内容) を、日の順に示す。数は記録の件数。",
    leaves_out="つくった場の数は数えない。台帳にある場の数はQ-05で数える。",
    observes=observing(Texts("new-place")),
    kind="text",
)
Q17 = Definition(
    id="Q-17",
    version=1,
    title="居場所とのマッチングのための訪問件数",
    unit="件",
    programme=_PLACE,
    term="マッチングのための訪問：居場所と人を結びつけるための訪問。",
    counts="居場所とのマッチングのための訪問の記録に書かれた訪問件数の合計。" + _CORRECTED,
    leaves_out="地域への訪問 (Q-15) と、参加支援のマッチング (Q-06) は数えない。",
    observes=observing(Sum("matching-visit", "visits")),
)
Q18 = Definition(
    id="Q-18",
    version=1,
    title="生活支援センターフィレ: ボランティア受入れ等、地域団体への協力の実績",
    unit="回",
    programme=_PLACE,
    term="協力：ボランティアの受入れなど、地域団体との活動に加わること。",
    counts="ボランティアの受入れなど、地域団体へ協力した回数の合計と、その内容の文。" + _CORRECTED,
    leaves_out="内容のよしあしは表さない。ほかの事業所の協力は数えない。",
    observes=observing(Sum("phire-cooperation", "times", text=True)),
    kind="number+text",
)
Q19 = Definition(
    id="Q-19",
    version=1,
    title="生活支援センターフィレ: グループ活動での地域交流状況",
    unit="件",
    programme=_PLACE,
    term="地域交流：グループ活動での、地域の人との交わり。",
    counts="グループ活動での地域交流の記録の文を、日の順に示す。数は記録の件数。",
    leaves_out="交流の回数や人数は数えない。",
    observes=observing(Texts("phire-exchange")),
    kind="text",
)
Q20 = Definition(
    id="Q-20",
    version=1,
    title="生活支援センターフィレ: 優先調達先の維持状況",
    unit="件",
    programme=_PLACE,
    term="優先調達先：障害者就労施設等から物品や役務を買う相手。",
    counts="優先調達先の維持状況の記録の文を、日の順に示す。数は記録の件数。",
    leaves_out="調達の金額や件数は数えない。",
    observes=observing(Texts("phire-procurement")),
    kind="text",
)
Q21 = Definition(
    id="Q-21",
    version=1,
    title="秋川虹の家: 地域の行事などへの協力や参加状況",
    unit="回",
    programme=_PLACE,
    term="協力・参加：地域の役員や団体などの行事に加わること。",
    counts="地域の役員や団体などの行事に協力・参加した回数の合計と、その内容の文。" + _CORRECTED,
    leaves_out="参加した人の数は数えない。ほかの事業所の参加は数えない。",
    observes=observing(Sum("niji-community", "times", text=True)),
    kind="number+text",
)
Q22 = Definition(
    id="Q-22",
    version=1,
    title="秋川虹の家: 生産活動の販路や販売状況の維持状況",
    unit="件",
    programme=_PLACE,
    term="販路：生産活動でつくった品の売り先。",
    counts="販路や販売状況の記録の文を、日の順に示す。数は記録の件数。",
    leaves_out="売上げの金額は数えない。",
    observes=observing(Texts("niji-sales")),
    kind="text",
)
Q23 = Definition(
    id="Q-23",
    version=1,
    title="子育てひろば: 地域住民による講座の実施",
    unit="回",
    programme=_PLACE,
    term="地域住民による講座：地域に住む人が講師となる講座。",
    counts="地域住民が講師となった講座の回数の合計と、その内容の文。" + _CORRECTED,
    leaves_out="職員や外部の専門家が講師の講座と、参加者の数は数えない。",
    observes=observing(Sum("parenting-course", "times", text=True)),
    kind="number+text",
)
Q24 = Definition(
    id="Q-24",
    version=1,
    title="子育てひろば: ボランティアの受入れ状況",
    unit="人",
    programme=_PLACE,
    term="ボランティア：子育てひろばを手伝う地域の人。",
    counts="受け入れたボランティアの延べ人数と、そのようすの文。" + _CORRECTED,
    leaves_out="実人数ではない。講座の講師 (Q-23) は数えない。",
    observes=observing(Sum("parenting-volunteers", "volunteers", text=True)),
    kind="number+text",
    persons=True,
)
Q25 = Definition(
    id="Q-25",
    version=1,
    title="生活困窮者支援等のための地域づくり: 事業の実施内容",
    unit="件",
    programme=_PLACE,
    term="事業：生活困窮者支援等のための地域づくり事業。",
    counts="事業の実施内容の記録の文を、日の順に示す。数は記録の件数。",
    leaves_out="事業の回数や参加者の数は数えない。",
    observes=observing(Texts("hardship-programme")),
    kind="text",
)
Q26 = Definition(
    id="Q-26",
    version=1,
    title="生活困窮者支援等のための地域づくり: 新たな居場所づくりの実績",
    unit="か所",
    programme=_PLACE,
    term="新たな居場所：この事業で新しくつくった場。",
    counts="新たにつくった居場所の数の合計と、その内容の文。" + _CORRECTED,
    leaves_out="前からある場と、ほかの事業でつくった場は数えない。",
    observes=observing(Sum("hardship-place", "places", text=True)),
    kind="number+text",
)

ALL = (
    *(Q07, Q08, Q09, Q11, Q12, Q13, Q14, Q15, Q16, Q17),
    *(Q18, Q19, Q20, Q21, Q22, Q23, Q24, Q25, Q26),
)
