"""Pages: schemes, one of them with its rules and versions, and the county's own versions."""

from __future__ import annotations

from typing import Any

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
from bangfu.assessment.actions.schemes import SCHEMES
from bangfu.assessment.definition.model import Indicator, Scheme
from bangfu.assessment.definition.reading import read_scheme
from bangfu.assessment.models import SchemeVersion
from bangfu.assessment.queries import home_of, scheme_seen, schemes_seen, schemes_unreadable
from bangfu.assessment.records import known_readings
from bangfu.assessment.showing import rule_words
from bangfu.assessment.versions import held_in
from bangfu.assessment.views.crumbs import to_schemes

_VIEW, _MANAGE = Permission.ASSESSMENT_VIEW, Permission.ASSESSMENT_MANAGE
_EXAMPLE = """id: my_scheme
title: 新方案
help: 一句话说明考核什么。
basis: 县里自定
grade: 知
about: unit   # township 乡镇，unit 单位
indicators:
  - id: letter
    title: 责任书
    source: 县里写
    assessed_by: 县里写
    by_hand: 为什么只能手填
    weight: 100
"""
_WORDS = TextWords(
    thing="方案",
    writing="照县里的文件改分值、上下限和来源，依据写文件名称和文号。存成草稿，检查没有错再发布。",
    publishing="发布以后新组织的考核用这一版；已经组织的仍用原来的版本。",
    retiring="停用以后新组织的考核不再用它；已经组织的不变。",
    example=_EXAMPLE,
)


@permission_required(_VIEW)
@require_GET
def scheme_list(request: SignedInRequest) -> HttpResponse:
    """Every scheme that holds here."""
    context = {
        "schemes": schemes_seen(request.user),
        "manages": has_permission(request.user, _MANAGE),
        "unreadable": schemes_unreadable(request.user),
        "crumbs": [*to_schemes()[:-1], {"label": "方案", "url": ""}],
    }
    return render(request, "assessment/scheme_list.html", context)


@permission_required(_VIEW)
@require_GET
def scheme_page(request: SignedInRequest, code: str) -> HttpResponse:
    """A scheme: indicators and rules, its versions, the numbers that records give."""
    held = scheme_seen(request.user, code)
    manages = has_permission(request.user, _MANAGE)
    context = {
        "held": held,
        **_shown(held.scheme),
        "versions": PAGES.versions(request.user, code) if manages else (),
        "readings": known_readings(request.user, held.scheme.about).items() if manages else (),
        "manages": manages,
        "crumbs": [*to_schemes(), {"label": held.scheme.title, "url": ""}],
    }
    return render(request, "assessment/scheme_page.html", context)


def _shown(scheme: Scheme) -> dict[str, Any]:
    lines: list[tuple[Indicator, str]] = [(one, rule_words(one)) for one in scheme.indicators]
    return {"scheme": scheme, "lines": lines}


def _holds(user: User, code: str) -> tuple[str, str]:
    own = newest_own(SchemeVersion, code, home_of(user))
    if own is not None:
        return own.title, own.text
    held = scheme_seen(user, code)
    return held.scheme.title, held.text


PAGES = TextPages(
    SCHEMES,
    _WORDS,
    holds=_holds,
    is_taken=lambda code, place: held_in(code, place) is not None,
    code_of=lambda text: read_scheme(text).id,
    preview="assessment/parts/indicators.html",
    shown=lambda text: _shown(read_scheme(text)),
    crumbs=to_schemes,
)
