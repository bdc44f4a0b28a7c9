"""公开前检查: what a notice must have and must not have, one line each (C-044)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bangfu.core import parameters
from bangfu.documents.errors import PaperError
from bangfu.documents.laying import laid
from bangfu.notices.models import Notice, NoticeEntry
from bangfu.notices.papers import digest_of, paper_of


@dataclass(frozen=True)
class Element:
    """One thing a notice needs; ``words`` says how it stands or what to do."""

    label: str
    ok: bool
    words: str


def elements_of(notice: Notice, entries: Sequence[NoticeEntry], on: date) -> list[Element]:
    """Every element in the order of the paper; ``on`` is the day of posting, or today for a draft."""
    posted_on = notice.posted_on or on
    checks = [
        _given("标题和事由", notice.title and notice.opening),
        _given("名单", bool(entries), f"{len(entries)} 户", "名单是空的，没有可公示的户。"),
        _given("落款单位", notice.signed_by),
        _given("张贴地点", notice.posted_at, notice.posted_at),
        _clean(notice, entries, posted_on),
    ]
    if notice.is_announcement:
        return checks
    return [*checks[:4], _period(notice, posted_on), _ways(notice), *checks[4:]]


def wall_elements(
    notice: Notice, entries: Sequence[NoticeEntry], proofs: int, open_objections: int
) -> list[Element]:
    """What an inspector asks of a notice that has been posted: unchanged, proved, taken down, answered."""
    posted_on = notice.posted_on
    same = posted_on is not None and digest_of(notice, entries, posted_on) == notice.digest
    checks = [
        _given("与张贴时一致", same, "内容没有改过", "内容与张贴时的指纹不符，请报告审计管理员。"),
        _given("张贴凭证", proofs, f"{proofs} 份", "还没有传签字的张贴登记；照片可传可不传。"),
    ]
    if notice.is_announcement:
        return checks
    waiting = f"还有 {open_objections} 件异议没有答复。"
    return [*checks, _given("异议办结", not open_objections, "没有异议或都答复了", waiting)]


def _given(label: str, value: object, there: str = "有", missing: str = "还没有写。") -> Element:
    return Element(label, bool(value), there if value else missing)


def _period(notice: Notice, posted_on: date) -> Element:
    least = parameters.value("notice_days", on=posted_on, place=notice.place)
    working = parameters.value("notice_working_days", on=posted_on, place=notice.place)
    enough = notice.days >= least and notice.working_days >= working
    unit = "个工作日" if working else "日"
    short = f"{notice.period}，不够：本地规定不少于 {least} {unit}。"
    return _given("公示天数", enough, notice.period, short)


def _ways(notice: Notice) -> Element:
    missing = "要写清怎样反映和单位电话。电话可在参数“公示写的反映电话”里设。"
    return _given("反映办法和电话", notice.phones and notice.objection_way, "有", missing)


def _clean(notice: Notice, entries: Sequence[NoticeEntry], posted_on: date) -> Element:
    """Laying the paper out asks the leak scanner."""
    try:
        laid(paper_of(notice, entries, posted_on))
    except PaperError as refusal:
        return Element("没有敏感信息", False, refusal.message)
    return Element("没有敏感信息", True, "没有查出证件号、账号、电话、住址、健康状况")
