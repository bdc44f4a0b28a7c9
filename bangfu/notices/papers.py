"""A notice as a paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from bangfu.documents.codes import return_code
from bangfu.documents.paper import Paper
from bangfu.notices.models import Notice, NoticeEntry
from bangfu.notices.terms import last_day_of
from bangfu.ui.formats import chinese_day


def paper_of(notice: Notice, entries: Sequence[NoticeEntry], posted_on: date) -> Paper:
    """The paper as it hangs from ``posted_on`` on; a draft is shown as if it were posted that day."""
    return Paper(
        notice.kind,
        notice.title,
        {
            "opening": notice.opening,
            "period": period_words(notice, posted_on),
            "posted_at": notice.posted_at,
            "rows": [_cells(entry) for entry in entries],
            "count": len(entries),
            "objection_way": notice.objection_way,
            "phones": notice.phones,
            "signed_by": notice.signed_by,
            "signed_on": posted_on,
        },
        number=f"公示编号：{notice.number}" if notice.number else "",
        code=return_code(notice.uid, "notice"),
    )


def period_words(notice: Notice, posted_on: date) -> str:
    """From the first to the last day, and how many they are."""
    last = notice.ends_on or last_day_of(posted_on, notice.days, notice.working_days)
    until = chinese_day(last)
    if last.year == posted_on.year:
        until = until.partition("年")[2]
    return f"{chinese_day(posted_on)}至{until}，共{notice.period.replace(' ', '')}"


def digest_of(notice: Notice, entries: Sequence[NoticeEntry], posted_on: date) -> str:
    """The fingerprint of everything the paper says."""
    paper = paper_of(notice, entries, posted_on)
    words = json.dumps(
        [paper.title, paper.number, paper.data], ensure_ascii=False, default=str, sort_keys=True
    )
    return hashlib.sha256(words.encode()).hexdigest()


def _cells(entry: NoticeEntry) -> dict[str, object]:
    return {
        name: getattr(entry, name) for name in ("group", "name", "people", "category", "reason", "id_number")
    }
