"""Pages: the standards, one of them with its items, and the county's own versions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.access.text_pages import TextPages, TextWords
from bangfu.access.versioned_texts import newest_own
from bangfu.standards.actions.definitions import STANDARDS
from bangfu.standards.definition.reading import read_standard
from bangfu.standards.models import StandardVersion
from bangfu.standards.queries import home_of, ranked_seen, standard_seen, standards_seen, standards_unreadable
from bangfu.standards.versions import held_in
from bangfu.standards.views.crumbs import to_standards

_VIEW, _RECORD = Permission.STANDARD_CHECK_VIEW, Permission.STANDARD_CHECK_RECORD
_EXAMPLE = """id: my_standard
title: 新标准
help: 一句话说明验收什么。
basis: 县里自定
grade: 知
about: named   # village 村，project 项目，named 写名称的，ledger 台账里的（再写 ledger: 哪一本）
noun: 验收的叫什么
items:
  - {id: area, title: 面积, kind: number, unit: 平方米, side: at_least, threshold: 60, veto: true}
  - {id: sign, title: 有牌子, kind: yes_no}
"""
_WORDS = TextWords(
    thing="标准",
    writing="照县里的文件写项目、门槛和方向，依据写文件名称和文号。存成草稿，检查没有错再发布。",
    publishing="发布以后新的验收和复查用这一版；验收过的仍是原来的版本。",
    retiring="停用以后不再按它验收；验收过的都还在。",
    example=_EXAMPLE,
)


@permission_required(_VIEW)
@require_GET
def standard_list(request: SignedInRequest) -> HttpResponse:
    """Every standard that holds here, with how many things met it."""
    context = {
        "standards": standards_seen(request.user),
        "defines": has_permission(request.user, Permission.STANDARD_DEFINE),
        "unreadable": standards_unreadable(request.user),
        "crumbs": [{"label": "标准和验收", "url": ""}],
    }
    return render(request, "standards/standard_list.html", context)


@permission_required(_VIEW)
@require_GET
def standard_page(request: SignedInRequest, code: str) -> HttpResponse:
    """A standard: its items, its versions, and what is chosen within its quota."""
    held = standard_seen(request.user, code)
    defines = has_permission(request.user, Permission.STANDARD_DEFINE)
    context = {
        "held": held,
        "standard": held.standard,
        "groups": ranked_seen(request.user, held.standard) if held.standard.quotas else (),
        "ranked_by": held.standard.item(held.standard.ranked_by),
        "may_record": has_permission(request.user, _RECORD),
        "defines": defines,
        "versions": PAGES.versions(request.user, code) if defines else (),
        "crumbs": [*to_standards(), {"label": held.standard.title, "url": ""}],
    }
    return render(request, "standards/standard_page.html", context)


def _holds(user: User, code: str) -> tuple[str, str]:
    own = newest_own(StandardVersion, code, home_of(user))
    if own is not None:
        return own.title, own.text
    held = standard_seen(user, code)
    return held.standard.title, held.text


PAGES = TextPages(
    STANDARDS,
    _WORDS,
    holds=_holds,
    is_taken=lambda code, place: held_in(code, place) is not None,
    code_of=lambda text: read_standard(text).id,
    preview="standards/parts/demands.html",
    shown=lambda text: {"standard": read_standard(text)},
    crumbs=to_standards,
)
