"""年度の評価報告書: the figures of a year on paper, in the order of the plan's tables (F-15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.reporting.beyond import Question
from services.reporting.charts import in_words, month_chart
from services.reporting.domain.review import Reviews
from services.reporting.domain.year import YearClosed
from services.reporting.pages.answer import GRADES
from services.reporting.publishing import HIDDEN, Table, published, whole
from services.reporting.read.decided import Target
from services.reporting.read.figures import MONTHS, Figure, Series
from services.reporting.read.labels import code_label, title_of, year_label
from services.reporting.read.texts import Text
from services.reporting.survey_results import Result
from shared.paper.paper import Block, Drawing, Facts, Grid, Paper, Section, Story
from shared.vocabulary.city import City
from shared.vocabulary.wareki import wareki

CODES_SHOWN = 40
"""Rows of one breakdown on paper; the rest is in the workbook."""


@dataclass(frozen=True)
class Spoken:
    """What is no figure of the plan: answers, hearings, and the questions beyond it."""

    rounds: Sequence[tuple[str, Sequence[Result]]] = ()
    hearings: Sequence[tuple[str, date, str]] = ()
    questions: Sequence[Question] = ()
    years: Sequence[int] = ()


@dataclass(frozen=True)
class Year:
    """Everything one report is made of."""

    city: City
    fiscal_year: int
    today: date
    figures: Sequence[Figure]
    former: Sequence[Figure]
    """The year before, in the same order."""
    texts: dict[str, list[Text]]
    public: bool
    """Small numbers of persons are hidden."""
    targets: Mapping[str, Target] = field(default_factory=dict)
    reviews: Reviews = field(default_factory=Reviews)
    spoken: Spoken = field(default_factory=lambda: Spoken())
    closing: YearClosed | None = None
    """The newest one; None: the year is not closed."""

    @property
    def label(self) -> str:
        return year_label(self.fiscal_year)

    def shown(self, figure: Figure) -> Table:
        """As this report may show it."""
        smallest = self.city.publication.smallest
        return published(figure, smallest) if self.public else whole(figure)

    def tables(self) -> list[tuple[Figure, Table, Table]]:
        """Figure, this year, the year before."""
        pairs = zip(self.figures, self.former, strict=True)
        return [(figure, self.shown(figure), self.shown(former)) for figure, former in pairs]

    def programmes(self) -> dict[str, list[tuple[Figure, Table, Table]]]:
        """In the order of the plan's tables."""
        groups: dict[str, list[tuple[Figure, Table, Table]]] = {}
        for one in self.tables():
            groups.setdefault(one[0].definition.programme, []).append(one)
        return groups


async def report_of(year: Year) -> Paper:
    """Cover, the plan's table, then each programme with charts, tables and texts."""
    city = year.city
    plan, kept = plan_of(city), kept_by(year)
    blocks: list[Block] = [Section("1　定量評価の一覧", about(year))]
    for programme, tables in year.programmes().items():
        blocks.append(_overview(year, programme, tables))
    for n, (programme, tables) in enumerate(year.programmes().items(), 2):
        blocks.append(Section(f"{n}　{programme}", fresh=True))
        for figure, table, former in tables:
            blocks += await _indicator(year, figure, table, former)
    blocks += [*_answers(year), *_reviews(year), *_beyond(year), _closed(year)]
    return Paper(
        f"{year.label} 定量評価報告書",
        tuple(blocks),
        foot=f"{plan}　{year.label}　{kept}",
        cover=(plan, city.name, f"{wareki(year.today)}現在", kept),
    )


def plan_of(city: City) -> str:
    """What the plan is called."""
    return city.plan.title if city.plan else f"{city.name} 重層的支援体制整備事業"


def kept_by(year: Year) -> str:
    """For whom this edition is."""
    return "公表用" if year.public else "庁内用・取扱注意"


def about(year: Year) -> str:
    """What the numbers are, and what a mark instead of one means."""
    until = wareki(year.today)
    said = f"{year.label}（4月から3月まで）の値です。{until}までに記録されたものを数えています。"
    if year.public:
        smallest = year.city.publication.smallest
        said += (
            f"「{HIDDEN}」は、個人が特定されないよう隠した数です"
            f"（1以上{smallest}未満の人数・件数と、それを計算できる数）。"
        )
    return said


def _overview(year: Year, programme: str, tables: list[tuple[Figure, Table, Table]]) -> Grid:
    rows = tuple(
        (
            figure.definition.id,
            title_of(year.city, figure.definition),
            figure.definition.unit,
            cell(former.total),
            cell(table.total),
            _start(year.targets.get(figure.definition.id)),
            aim(year.targets.get(figure.definition.id), table.total),
        )
        for figure, table, former in tables
    )
    heads = ("番号", "指標", "単位", "前年度", year.label, "基準値", "目標")
    numbers = frozenset({3, 4, 5, 6})
    return Grid(programme, heads, rows, (2.2, 9, 2, 2.5, 2.5, 2.2, 3), numbers=numbers)


def _start(target: Target | None) -> str:
    return "–" if target is None else cell(_plain(target.baseline))


def _plain(value: float | None) -> float | None:
    return int(value) if value is not None and value == int(value) else value


def aim(target: Target | None, value: float | str | None) -> str:
    """The target, and how far it is reached where the figure may be shown."""
    if target is None or target.target is None:
        return "–"
    done = target.progress(value) if isinstance(value, int | float) else None
    whole = target.target == int(target.target)
    said = f"{int(target.target):,}" if whole else f"{target.target:,}"
    return said if done is None else f"{said}（{done}%）"


def _answers(year: Year) -> list[Block]:
    """定性評価 (L-01 … L-03), hidden as on the screen; hearings name agencies, so only inside."""
    spoken = year.spoken
    if not (spoken.rounds or spoken.hearings):
        return []
    said = (
        "関係機関への無記名のアンケート。"
        f"「{HIDDEN}」は、だれの回答かがわからないように隠した数です。"
    )
    blocks: list[Block] = [Section("定性評価", said, fresh=True)]
    heads = ("問い", *(text for _, text in GRADES), "回答数")
    for title, results in spoken.rounds:
        rows = tuple(
            (one.item, *(cell(count) for count in one.counts), cell(one.answered))
            for one in results
        )
        numbers = frozenset(range(1, len(heads)))
        blocks.append(Grid(title, heads, rows, (5, *(1.6,) * (len(heads) - 1)), numbers=numbers))
    heard = () if year.public else spoken.hearings
    if heard:
        rows = tuple((agency, wareki(on), note) for agency, on, note in heard)
        blocks.append(Grid("ヒアリング", ("機関", "聞いた日", "聞いたこと"), rows, (2, 2, 6)))
    return blocks


def _beyond(year: Year) -> list[Block]:
    """Shares and days of few cases tell of them, so this is for inside."""
    spoken = year.spoken
    if year.public or not spoken.questions:
        return []
    said = "計画の指標のほかに、国や監査、委員会から問われることを、同じ記録から数えています。"
    heads = ("問い", "単位", *(year_label(one) for one in spoken.years))
    rows = tuple(
        (
            one.title,
            one.unit,
            *(
                f"{cell(_plain(one.answers[at].value))}（{one.answers[at].of}件）"
                for at in spoken.years
            ),
        )
        for one in spoken.questions
    )
    numbers = frozenset(range(2, len(heads)))
    grid = Grid(
        "括弧の中は、もとの件数", heads, rows, (5, 1, *(2,) * len(spoken.years)), numbers=numbers
    )
    return [Section("計画の外の問い", said, fresh=True), grid]


def _closed(year: Year) -> Block:
    """Which closing the figures can be held against."""
    one = year.closing
    if one is None:
        return Facts("年度の締め", (("状態", "この年度はまだ締めていません"),))
    rows = (
        ("締めた日", f"{wareki(one.closed_on)}（第{one.edition}版）"),
        ("理由", one.reason or "–"),
        ("署名", _in_groups(one.signature)),
        ("公開鍵", _in_groups(one.key)),
    )
    return Grid("年度の締め", ("項目", "内容"), rows, (1, 4))


def _in_groups(code: str) -> str:
    """Without spaces a line has no place to break, and runs over the edge."""
    return " ".join(code[n : n + 8] for n in range(0, len(code), 8))


def _reviews(year: Year) -> list[Block]:
    """What was found programme by programme, and when the committee heard of it (D-01, D-02)."""
    if not year.reviews.words:
        return []
    told = year.reviews.reported_on
    said = f"{wareki(told)}に地域保健福祉計画策定・推進委員会へ報告した。" if told else ""
    blocks: list[Block] = [Section("事業の検証（福祉サービス連携推進会議）", said, fresh=True)]
    if year.reviews.note:
        blocks.append(Story("委員会の意見", year.reviews.note, 1))
    heads = ("達成したこと", "課題", "次年度の取組")
    for code, words in year.reviews.words.items():
        row = (words.achieved or "–", words.issues or "–", words.measures or "–")
        blocks.append(Grid(year.city.label("programmes", code), heads, (row,), (1, 1, 1)))
    return blocks


async def _indicator(year: Year, figure: Figure, table: Table, former: Table) -> list[Block]:
    definition = figure.definition
    title = f"{definition.id}　{title_of(year.city, definition)}"
    total = (
        f"{cell(table.total)} {definition.unit}（前年度 {cell(former.total)} {definition.unit}）"
    )
    blocks: list[Block] = [Story(title, f"{total}\n{definition.sentence}", 1)]
    if definition.kind != "text":
        blocks += await _months(year, figure, table, former)
        blocks += _parts(year, table)
    if texts := year.texts.get(definition.id):
        rows = tuple((wareki(one.day), one.text) for one in texts)
        blocks.append(Grid("記録に書かれた内容", ("日", "内容"), rows, (1, 4)))
    return blocks


async def _months(year: Year, figure: Figure, table: Table, former: Table) -> list[Block]:
    """The table, with a chart where nothing is hidden: a missing bar would read as nothing."""
    heads = tuple(f"{month}月" for month in MONTHS)
    row = tuple(cell(value) for value in table.months)
    grid = Grid("", heads, (row,), (1.0,) * 12, numbers=frozenset(range(12)))
    if HIDDEN in table.months:
        return [grid]
    before = tuple(None if isinstance(value, str) else value for value in former.months)
    svg = await month_chart(figure, Series(before, 0), year.label, year_label(year.fiscal_year - 1))
    return [Drawing("", svg, in_words(figure)), grid]


def _parts(year: Year, table: Table) -> Iterator[Block]:
    for part, codes in table.parts.items():
        if not codes:
            continue
        ordered = sorted(codes.items(), key=lambda item: _weight(item[1]), reverse=True)
        rows = tuple(
            (code_label(year.city, part, code), cell(value))
            for code, value in ordered[:CODES_SHOWN]
        )
        heading = f"内訳：{table.definition.parts[part]}"
        yield Grid(
            heading,
            (table.definition.parts[part], year.label),
            rows,
            (4, 1),
            numbers=frozenset({1}),
        )


def _weight(value: float | str) -> float:
    """Hidden numbers stand last: their place would tell of them."""
    return -1 if isinstance(value, str) else value


def cell(value: float | str | None) -> str:
    """A number as people read it."""
    if value is None:
        return "–"
    return value if isinstance(value, str) else f"{value:,}"
