"""Run as a program: ``build`` drafts a notice of several rows; ``publish K`` hangs it on the wall.

The publishing is really killed before its K-th statement, should it have so many.
"""

from __future__ import annotations

import sys

import django

django.setup()


from bangfu.access.models import User  # noqa: E402
from bangfu.core.models import AuditEvent, Change  # noqa: E402
from bangfu.notices.actions.posting import publish_notice  # noqa: E402
from bangfu.notices.models import Notice  # noqa: E402
from tests.cast import NOW, VILLAGE, make_regions, make_user  # noqa: E402
from tests.killing import killed_before  # noqa: E402
from tests.notices.builders import a_draft, a_subject, facts  # noqa: E402

ROWS = 30


def build() -> None:
    """A draft with its rows."""
    village = make_regions()[VILLAGE]
    by = make_user("village", VILLAGE, username="clerk")
    entries = [facts(a_subject(f"户{number}")) for number in range(ROWS)]
    a_draft(by, village, entries=entries)


def publish(before: int) -> None:
    """On the wall, or killed on the way."""
    notice, by = Notice.objects.get(), User.objects.get(username="clerk")
    with killed_before(before):
        publish_notice(by=by, at=NOW, notice=notice, version=notice.version, posted_on=notice.composed_on)


def stand() -> None:
    """State and digest of the notice, its rows, and how often its publishing stands in history and audit."""
    notice = Notice.objects.get()
    print(
        notice.state,
        bool(notice.digest),
        notice.entries.count(),
        Change.objects.filter(verb="publish_notice").count(),
        AuditEvent.objects.filter(verb="publish_notice").count(),
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build"]:
            build()
        case ["publish", before]:
            publish(int(before))
        case _:
            stand()
