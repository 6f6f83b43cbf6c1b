"""計画の外の問い: what ministries and auditors ask, counted from the steps of cases (N-04 … N-07).

Pure: the steps of all years go in, one row per fiscal year comes out. A step belongs to the year in
which it happened; days are calendar days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from services.reporting.walking import (
    Count,
    One,
    Rules,
    Step,
    alone,
    by_case,
    days_to,
    filled,
    missed,
    returned,
    silent,
    to_plan,
    to_resume,
)
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class Answer:
    """One question in one fiscal year; None where there is nothing to count."""

    value: float | None
    of: int
    """How many cases or requests stand behind the value."""


@dataclass(frozen=True)
class Question:
    """One question with its answers by fiscal year."""

    id: str
    title: str
    unit: str
    said: str
    """How it is counted, and what it does not say."""
    answers: dict[int, Answer]

    @property
    def most(self) -> float:
        """The whole bar: 100 of a share, else the largest answer."""
        if self.unit == "%":
            return 100.0
        return max((one.value or 0 for one in self.answers.values()), default=0)


def questions_of(steps: Sequence[Step], years: Sequence[int], rules: Rules) -> list[Question]:
    """Every question for these years."""
    cases = by_case(steps)
    found = []
    for one, title, unit, said, count in _QUESTIONS:
        counted = count(steps, cases, rules)
        answers = {year: _answer(counted.get(year, []), unit) for year in years}
        found.append(Question(one, title, unit, said, answers))
    return found


def behind_answer(question: str, steps: Sequence[Step], year: int, rules: Rules) -> list[One]:
    """What an answer is made of, the newest first; it is what the answer counts, one for one."""
    count = next((count for one, *_, count in _QUESTIONS if one == question), None)
    if count is None:
        raise Refused("question-unknown", question=question)
    found = count(steps, by_case(steps), rules).get(year, [])
    return sorted(found, key=lambda one: (one.step.day, str(one.step.case_id)), reverse=True)


def _answer(counted: Sequence[One], unit: str) -> Answer:
    """A share of yes and no in percent, the middle of days, or how many there are."""
    numbers = [one.number for one in counted]
    if unit == "件":
        return Answer(float(sum(numbers)), len(numbers))
    if not numbers:
        return Answer(None, 0)
    if unit == "%":
        return Answer(round(100 * sum(numbers) / len(numbers), 1), len(numbers))
    return Answer(float(median(numbers)), len(numbers))


_QUESTIONS: tuple[tuple[str, str, str, str, Count], ...] = (
    (
        "returned",
        "連携を残して紹介元に戻した割合",
        "%",
        "その年度に判断した紹介のうち、通常の連携で対応できるとして戻したもの。戻すときは今後の連携のしかたを"
        "必ず決めるので、低いほどよい、とは言えない。",
        returned,
    ),
    (
        "to-plan",
        "紹介からプランまでの日数（中央値）",
        "日",
        "その年度に決めたプランについて、紹介の日から、そのあと最初に決めたプランまで。見直しのプランは数えない。",
        to_plan,
    ),
    (
        "silent",
        "依頼のあと、期限までに始まらなかった割合",
        "%",
        "参加支援・アウトリーチの依頼のうち、市の決めた日数のうちに支援が始まらなかったもの。まだ日数の来ていない依頼は除く。",
        silent,
    ),
    (
        "to-resume",
        "終結後の再相談から再開までの日数（中央値）",
        "日",
        "終結したあとに窓口に来たか、また紹介された日から、再開した日まで。短いほど「速やかに」再開できている。",
        to_resume,
    ),
    (
        "alone",
        "終結後、主担当の機関が続けて支えている割合",
        "%",
        "その年度に一旦終結したケースのうち、多機関協働の担当のほかの機関が主担当で、そのあと再開していないもの。",
        alone,
    ),
    (
        "missed",
        "会議で見つかった、足りない社会資源",
        "件",
        "重層的支援会議・支援会議で記録した数。同じ地区の同じ種類は、地域づくりで一つの項目になる。",
        missed,
    ),
    (
        "filled",
        "足りない社会資源に、場ができた割合",
        "%",
        "その年度に開発の項目になったもののうち、今までに場ができたか、台帳から見つかったもの。",
        filled,
    ),
    (
        "to-fill",
        "足りないと分かってから、場ができるまでの日数（中央値）",
        "日",
        "その年度にできた場について、項目になった日から。",
        days_to("gap-filled"),
    ),
    (
        "to-use",
        "足りないと分かってから、はじめて使われるまでの日数（中央値）",
        "日",
        "その年度に、できた場をだれかがはじめて使い始めたものについて、項目になった日から。",
        days_to("gap-closed"),
    ),
)
