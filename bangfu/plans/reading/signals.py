"""Whether a stretch of text is something to be done: who, when, how much, and the words of its chapter."""

from __future__ import annotations

import re

from bangfu.plans.reading.amounts import find_amounts
from bangfu.plans.reading.counts import find_counts
from bangfu.plans.reading.dates import find_dues
from bangfu.plans.reading.shapes import Span

_NEVER = re.compile(
    "指导思想|总体要求|总体思路|基本原则|工作原则|编制依据|背景|基本情况|现状|存在.{0,2}问题|困难|意义|附则|资金筹措|"
    "资金来源|资金概算|投资概算|投资估算|资金规模|资金安排|效益分析|总体目标|工作目标|主要目标|目标$|工作回顾|主要成效|形势|适用范围"
)
_SELDOM = re.compile(
    "组织领导|组织保障|保障措施|工作要求|有关要求|纪律|保障机制|工作保障|几点要求|监督检查|宣传引导"
)
_ACTION = re.compile(
    "开展|实施|推进|组织|完成|建设|新建|改造|建成|培训|发放|落实|加强|做好|召开|制定|资助|帮扶|扶持|发展|开发|培育|拨付|"
    "印发|排查|整改|签订|安排|开通|举办|种植|养殖|硬化|维修|提升|巩固|推广|引进|补助|争取|建立|健全|完善|走访|审核|招募|"
    "修通|新修|铺设|疏通|慰问|举行|评选|捐赠|购置|配备|治理|清理|研究|调度|报送|上报|攻坚|兑现|救助|保障|对接|创建|投产|"
    "宣传|动员|协调|整合|支持|引导|选派|新增|打造|解决|消除|确保|强化|深化|抓好|修建|改建|扩建|栽植|管护|申报|办理"
)
_STATE = re.compile("截至|截止|已经|共有|现有|据统计|上年|去年")


def never_tasks(path: tuple[str, ...]) -> bool:
    """Whether a chapter's title says that what follows is no work to be done."""
    return any(_NEVER.search(title) and not title.endswith("任务") for title in path)


def seldom_tasks(path: tuple[str, ...]) -> bool:
    """Whether a chapter's title promises rules of conduct rather than tasks."""
    return any(_SELDOM.search(title) for title in path)


def has_action(even: str, span: Span) -> bool:
    """Whether something is done in this stretch."""
    return _ACTION.search(even, span.start, span.end) is not None


def has_due(even: str, span: Span) -> bool:
    """Whether something is to be done by a day, in a period or again and again."""
    return next(find_dues(even, span, None), None) is not None


def has_figure(even: str, span: Span) -> bool:
    """Whether money or a count is named."""
    return next(find_amounts(even, span), None) is not None or next(find_counts(even, span), None) is not None


def looks_like_task(even: str, span: Span, path: tuple[str, ...], numbered: bool) -> bool:
    """Whether a stretch without a named unit is proposed as a task, to be looked at."""
    if never_tasks(path):
        return False
    if not has_action(even, span):
        return (
            has_due(even, span) and has_figure(even, span) and not _STATE.search(even, span.start, span.end)
        )
    if seldom_tasks(path) or not numbered:
        return has_due(even, span) or (not seldom_tasks(path) and has_figure(even, span))
    return True
