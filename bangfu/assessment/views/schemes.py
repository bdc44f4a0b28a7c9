"""Pages: schemes, one of them with its rules and versions, a version as it is written."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.access.steps import step_from, step_page
from bangfu.assessment.actions import schemes as actions
from bangfu.assessment.enums import VersionState
from bangfu.assessment.forms import DraftForm, EditForm, RetireForm, VersionForm
from bangfu.assessment.models import SchemeVersion
from bangfu.assessment.queries import counties_of, scheme_seen, schemes_seen, version_seen, versions_seen
from bangfu.assessment.records import known_readings
from bangfu.assessment.showing import rule_words
from bangfu.assessment.versions import mistakes_in
from bangfu.assessment.views.crumbs import to_schemes

_VIEW, _MANAGE = Permission.ASSESSMENT_VIEW, Permission.ASSESSMENT_MANAGE


@permission_required(_VIEW)
@require_GET
def scheme_list(request: SignedInRequest) -> HttpResponse:
    """Every scheme that holds here."""
    crumbs = [*to_schemes()[:-1], {"label": "方案", "url": ""}]
    return render(
        request, "assessment/scheme_list.html", {"schemes": schemes_seen(request.user), "crumbs": crumbs}
    )


@permission_required(_VIEW)
@require_GET
def scheme_page(request: SignedInRequest, code: str) -> HttpResponse:
    """A scheme: indicators and rules, its versions, the numbers that records give."""
    held = scheme_seen(request.user, code)
    manages = has_permission(request.user, _MANAGE)
    context = {
        "held": held,
        "scheme": held.scheme,
        "lines": [(one, rule_words(one)) for one in held.scheme.indicators],
        "versions": versions_seen(request.user, code) if manages else (),
        "readings": known_readings(held.scheme.about) if manages else (),
        "manages": manages,
        "crumbs": [*to_schemes(), {"label": held.scheme.title, "url": ""}],
    }
    return render(request, "assessment/scheme_page.html", context)


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def draft_scheme(request: SignedInRequest, code: str) -> HttpResponse:
    """Begin the county's own version from the one that holds."""
    held = scheme_seen(request.user, code)
    places = [(region.code, region.name) for region in counties_of(request.user)]
    form = DraftForm(places, request.POST or None, initial={"text": held.text})
    about = "照县里的文件改分值、上下限和来源，依据写文件名称和文号。存成草稿，检查没有错再发布。"
    step = step_from(to_schemes(held.scheme.title, code), "起草新版", about, "存成草稿")
    act = partial(actions.draft_scheme, by=request.user, at=timezone.now(), code=code)
    return step_page(request, step, form, lambda data: act(**data), _done)


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def edit_scheme(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A draft with its mistakes."""
    row = version_seen(request.user, uid)
    first = {"text": row.text, "note": row.note, "version": row.version}
    form = EditForm(request.POST or None, initial=first)
    found = mistakes_in(row.code, row.text) if row.state == VersionState.DRAFT else []
    about = f"有 {len(found)} 处要改：{''.join(found)}" if found else "没有发现错误，可以发布。"
    if row.state != VersionState.DRAFT:
        about = f"这一版{row.get_state_display()}，不能改；要改，起草新版。"
    step = step_from(to_schemes(row.title, row.code), f"{row}", about, "保存草稿")
    act = partial(actions.edit_scheme, by=request.user, at=timezone.now(), scheme=row)
    return step_page(
        request,
        step,
        form,
        lambda data: act(**data),
        _done,
        template="assessment/scheme_version.html",
        row=row,
        mistakes=found,
    )


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def publish_scheme(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let a draft hold."""
    row = version_seen(request.user, uid)
    form = VersionForm(request.POST or None, initial={"version": row.version})
    about = "发布以后新组织的考核用这一版；已经组织的仍用原来的版本。"
    step = step_from(to_schemes(row.title, row.code), f"发布 {row}", about, "发布", "发布了。")
    act = partial(actions.publish_scheme, by=request.user, at=timezone.now(), scheme=row)
    return step_page(request, step, form, lambda data: act(**data))


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def retire_scheme(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let a version hold no longer."""
    row = version_seen(request.user, uid)
    form = RetireForm(request.POST or None, initial={"version": row.version})
    about = "停用以后新组织的考核不再用它；已经组织的不变。"
    step = step_from(to_schemes(row.title, row.code), f"停用 {row}", about, "停用", "停用了。")
    act = partial(actions.retire_scheme, by=request.user, at=timezone.now(), scheme=row)
    return step_page(request, step, form, lambda data: act(**data))


def _done(row: SchemeVersion) -> tuple[str, str]:
    return f"{row}：存好了。", reverse("edit_scheme", args=[row.uid])
