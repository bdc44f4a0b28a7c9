"""The dashboard of money as rows, cells and charts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, cast

from django.urls import reverse

from bangfu.core.money import yuan_text
from bangfu.core.parameters import InForce
from bangfu.funds.enums.figures import FlowKind, Timing
from bangfu.funds.queries.dashboard import Dashboard, percent
from bangfu.ui.formats import FEN_PER_WAN, NOTHING, money

Words = dict[str, Any]
_LAST_MONTH = 12


@dataclass(frozen=True)
class Rule:
    """A line of the table: what is measured, now, laid down by whom, how it stands, where to look.

    ``asks`` is the query of the page that says how it counts, which knows today only; None for past years.
    """

    title: str
    now: str
    limit: str
    basis: str
    grade: str
    signal: tuple[str, str]
    metric: str
    listed: str = ""
    asks: str | None = None

    @property
    def why_url(self) -> str:
        """How it is counted; empty for past years."""
        return "" if self.asks is None else f"{reverse('metric_why', args=[self.metric])}{self.asks}"


def cells(board: Dashboard, addresses: dict[FlowKind, str], claims_url: str) -> list[Words]:
    """What ``ui/parts/strip.html`` takes; each opens the entries it is the sum of."""
    sums = board.sums
    return [
        _cell("到县", sums[FlowKind.RECEIVED], f"{board.notices} 份指标", addresses[FlowKind.RECEIVED]),
        _cell(
            "下达到项目",
            sums[FlowKind.ALLOCATED],
            _share(board, FlowKind.ALLOCATED),
            addresses[FlowKind.ALLOCATED],
        ),
        _cell("报账", board.claimed, f"{board.on.year} 年报的，不含退回的", claims_url),
        _cell("支付", sums[FlowKind.PAID], _share(board, FlowKind.PAID), addresses[FlowKind.PAID]),
        _cell(
            "其中到户",
            sums[FlowKind.HOUSEHOLD],
            _share(board, FlowKind.HOUSEHOLD),
            addresses[FlowKind.HOUSEHOLD],
        ),
    ]


def _cell(word: str, fen: int, made_of: str, url: str) -> Words:
    return {"word": word, "number": money(fen, "wan"), "unit": "万元", "made_of": made_of, "url": url}


def _share(board: Dashboard, kind: FlowKind) -> str:
    rate = board.rate(kind, FlowKind.RECEIVED)
    return "" if rate is None else f"到县的 {rate}%"


def rules(board: Dashboard, *, now: bool) -> list[Rule]:
    """Each figure against what is laid down, with its basis and how far that is verified.

    ``now``: of the current year.
    """
    asks = None if not now else f"?place={board.place}" if board.place else ""
    return [replace(rule, asks=asks) for rule in _rules(board)]


def _rules(board: Dashboard) -> list[Rule]:
    return [
        _spending(board),
        _at_least(board, "产业资金占比", FlowKind.INDUSTRY, FlowKind.INDUSTRY_BASE, "industry"),
        _at_least(board, "到户资金占比", FlowKind.HOUSEHOLD, FlowKind.RECEIVED, "household"),
        _management(board),
        _timing(board),
        _revenue(board),
    ]


def _spending(board: Dashboard) -> Rule:
    """Judged at the end of the year only."""
    rate, limit = board.rate(FlowKind.PAID, FlowKind.RECEIVED), board.limits["fund_spending_share"]
    ended = (board.on.month, board.on.day) == (_LAST_MONTH, 31)
    signal = _judged(rate, limit, low=True) if ended else ("now", "年底再判")
    return _rule("支出进度", _percent(rate), limit, "年底至少 {} %", signal, "fund_spending_rate")


def _at_least(board: Dashboard, title: str, kind: FlowKind, of: FlowKind, code: str) -> Rule:
    rate, limit = board.rate(kind, of), board.limits[f"fund_{code}_share"]
    signal = _judged(rate, limit, low=True)
    return _rule(title, _percent(rate), limit, "至少 {} %", signal, f"fund_{code}_rate")


def _management(board: Dashboard) -> Rule:
    rate = board.rate(FlowKind.MANAGEMENT, FlowKind.MANAGEMENT_BASE)
    limit, over = board.limits["fund_management_share"], board.over_management
    signal = _judged(rate, limit, low=False)
    now = _percent(rate) + (f"；逐份看，{over} 份超过" if over else "")
    if over and signal[0] == "ok":
        signal = ("warn", "有超过的指标")
    listed = f"{reverse('fund_check_list')}?f_management=yes&f_year={board.on.year}" if over else ""
    return _rule("项目管理费占比", now, limit, "最多 {} %", signal, "fund_management_rate", listed)


def _timing(board: Dashboard) -> Rule:
    full, zero, points = (
        board.limits[f"fund_allocation_{name}"] for name in ("full_days", "zero_days", "points")
    )
    slow = board.by_timing[Timing.PARTLY] + board.by_timing[Timing.ZERO]
    now = NOTHING if board.points is None else f"{board.points} 分（按金额加权）"
    words = NOTHING
    if full and zero and points:
        words = f"{full.text} 个工作日以内 {points.text} 分，超过 {zero.text} 个 0 分，中间按比例"
    signal = (
        ("off", "没有指标")
        if not board.notices
        else ("warn", f"{slow} 份扣分")
        if slow
        else ("ok", "没有扣分")
    )
    listed = f"{reverse('fund_check_list')}?f_year={board.on.year}"
    return Rule(
        "指标到县到下达",
        now,
        words,
        full.basis if full else "",
        full.grade if full else "",
        signal,
        "fund_notices_late",
        listed,
    )


def _revenue(board: Dashboard) -> Rule:
    revenue, put_in = board.limits["county_fiscal_revenue"], board.sums[FlowKind.COUNTY]
    title, metric = "县级投入占财政收入", "fund_county"
    if revenue is None:
        signal = ("off", "还没有填财政收入")
        return Rule(
            title, f"投入 {yuan_text(put_in)} 元", NOTHING, "一般公共预算收入由县填", "", signal, metric
        )
    fen = cast(int, revenue.typed)
    now = f"{_percent(percent(put_in, fen))}（{yuan_text(put_in)} 元）"
    limit = f"收入 {yuan_text(fen)} 元"
    return Rule(title, now, limit, revenue.basis, revenue.grade, ("now", "只算，不判"), metric)


def _rule(
    title: str,
    now: str,
    limit: InForce | None,
    words: str,
    signal: tuple[str, str],
    metric: str,
    listed: str = "",
) -> Rule:
    if limit is None:
        return Rule(title, now, NOTHING, "由县填", "", ("off", "没有规定的数"), metric, listed)
    return Rule(title, now, words.format(limit.text), limit.basis, limit.grade, signal, metric, listed)


def _judged(rate: Decimal | None, limit: InForce | None, *, low: bool) -> tuple[str, str]:
    """Whether a rate keeps its limit: at least it (``low``), or at most."""
    if rate is None or limit is None:
        return "off", "没有数"
    bound = Decimal(limit.text)
    if low:
        return ("ok", "达到") if rate >= bound else ("warn", f"差 {bound - rate} 个百分点")
    return ("ok", "没有超过") if rate <= bound else ("bad", f"超过 {rate - bound} 个百分点")


def _percent(rate: Decimal | None) -> str:
    return NOTHING if rate is None else f"{rate}%"


def kinds_chart(board: Dashboard) -> Words:
    """What came, was allocated and paid, by kind of source; drawn in 10,000 yuan, the table in yuan."""
    heads = ("到县", "下达", "支付")
    amounts = [list(of) for _, *of in board.by_kind]
    series = [
        {"type": "bar", "name": head, "data": [of[at] / FEN_PER_WAN for of in amounts]}
        for at, head in enumerate(heads)
    ]
    names = [kind.label for kind, *_ in board.by_kind]
    return {
        "id": "fund-kinds",
        "label": "各种来源的资金到县、下达、支付多少，单位万元",
        "option": {
            "legend": {"data": list(heads)},
            "xAxis": {"type": "category", "data": names},
            "yAxis": {"type": "value"},
            "series": series,
        },
        "columns": ["来源", *(f"{head}（元）" for head in heads)],
        "rows": [[kind.label, *map(yuan_text, amounts)] for kind, *amounts in board.by_kind],
    }


def months_chart(board: Dashboard) -> Words:
    """The spending rate at the end of each month in which something was paid."""
    received = board.sums[FlowKind.RECEIVED]
    rows = [(f"{month:%Y-%m}", fen, percent(fen, received)) for month, fen in board.by_month]
    return {
        "id": "fund-months",
        "label": "到各月底支付占到县资金的比例，单位 %",
        "option": {
            "xAxis": {"type": "category", "data": [month for month, *_ in rows]},
            "yAxis": {"type": "value", "max": 100},
            "series": [
                {"type": "line", "data": [None if rate is None else float(rate) for *_, rate in rows]}
            ],
        },
        "columns": ["到哪月底", "累计支付（元）", "支出进度"],
        "rows": [[month, yuan_text(fen), _percent(rate)] for month, fen, rate in rows],
    }
