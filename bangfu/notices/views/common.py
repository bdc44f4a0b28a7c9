"""What the pages of this room share."""

from __future__ import annotations

from django.urls import reverse

from bangfu.notices.models import Notice


def crumbs_to(notice: Notice) -> list[dict[str, str]]:
    """From the list to the notice, for a page of its own behind it."""
    here = reverse("notice_file", args=[notice.uid])
    return [
        {"label": "公示与公告", "url": reverse("notice_list")},
        {"label": notice.title, "url": here},
    ]
