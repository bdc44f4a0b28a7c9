"""The installation's own regions: the tree, one region's codes and names, adding, correcting, merging."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.kernel import actions
from bangfu.access.kernel.forms import AddRegionForm, MergeRegionForm, RecodeRegionForm, RenameRegionForm
from bangfu.access.kernel.queries import merge_targets, region_seen_by, regions_below
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import places_of
from bangfu.core import national
from bangfu.core.errors import BangfuError, StaleVersion
from bangfu.core.history import versions_of
from bangfu.core.models import Region, RegionLevel
from bangfu.core.regions import next_group_code


@permission_required(Permission.REGION_MANAGE)
@require_GET
def region_list(request: SignedInRequest) -> HttpResponse:
    """The regions one manages, from the top; one place alone opens at once."""
    grants = places_of(request.user, Permission.REGION_MANAGE)
    if len(grants) == 1:
        return _file(request, _region(request, grants[0]))
    return render(request, "kernel/region_list.html", {"rows": regions_below(None, request.user)})


@permission_required(Permission.REGION_MANAGE)
@require_GET
def region_file(request: SignedInRequest, code: str) -> HttpResponse:
    """One region: where it lies, its codes and names through time, what lies below."""
    return _file(request, _region(request, code))


def _file(request: SignedInRequest, region: Region) -> HttpResponse:
    context = {
        "region": region,
        "crumbs": _crumbs(request, region),
        "rows": regions_below(region, request.user),
        "codes": region.codes.order_by("-valid_from", "-id"),
        "versions": reversed(versions_of(Region, region.pk)),
        "below_level": RegionLevel(region.level + 1).label if region.level < RegionLevel.GROUP else "",
    }
    return render(request, "kernel/region_list.html", context)


@permission_required(Permission.REGION_MANAGE)
@require_http_methods(["GET", "POST"])
def add_region(request: SignedInRequest, code: str) -> HttpResponse:
    """Add a region below another: from the national table by a search, or by hand."""
    parent = _region(request, code)
    form = AddRegionForm(request.POST or None, initial={"code": _next_code(parent)})
    if request.method == "POST" and form.is_valid():
        try:
            region = actions.add_region(by=request.user, at=timezone.now(), **form.cleaned_data)
        except BangfuError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已增加{region.name}（{region.code}）。")
            return redirect("region_file", code=parent.code)
    words = request.GET.get("q", "").strip()
    context = {
        "parent": parent,
        "form": form,
        "q": words,
        "found": _not_here(national.search(words, parent.code) if words else national.children(parent.code)),
        "as_of": date.fromisoformat(national.AS_OF),
        "crumbs": _crumbs(request, parent),
    }
    return render(request, "kernel/add_region.html", context)


@permission_required(Permission.REGION_MANAGE)
@require_http_methods(["GET", "POST"])
def rename_region(request: SignedInRequest, code: str) -> HttpResponse:
    """Correct a name from a day on."""
    region = _region(request, code)
    form = RenameRegionForm(request.POST or None, initial={"name": region.name, **_initial(region)})
    return _change(request, region, form, "改名", actions.rename_region)


@permission_required(Permission.REGION_MANAGE)
@require_http_methods(["GET", "POST"])
def recode_region(request: SignedInRequest, code: str) -> HttpResponse:
    """Correct a code from a day on."""
    region = _region(request, code)
    form = RecodeRegionForm(request.POST or None, initial={"code": region.code, **_initial(region)})
    return _change(request, region, form, "改代码", actions.recode_region)


@permission_required(Permission.REGION_MANAGE)
@require_http_methods(["GET", "POST"])
def merge_region(request: SignedInRequest, code: str) -> HttpResponse:
    """Put a region into another from a day on."""
    region = _region(request, code)
    targets = merge_targets(region, request.user)
    form = MergeRegionForm(targets, request.POST or None, initial=_initial(region))
    return _change(request, region, form, "并入另一个区划", actions.merge_region)


def _change(
    request: SignedInRequest, region: Region, form: forms.Form, heading: str, action: Callable[..., Region]
) -> HttpResponse:
    """One change of a region; on a refusal the form comes back with what was typed and what is there now."""
    if request.method == "POST" and form.is_valid():
        try:
            changed = action(by=request.user, at=timezone.now(), region=region, **form.cleaned_data)
        except StaleVersion as refusal:
            form = _with_version_of_today(form, region)
            form.add_error(None, f"{refusal.message}现在是：{region.name}（{region.code}）。")
        except BangfuError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已存：{changed.name}（{changed.code}）。")
            return redirect("region_file", code=changed.code)
    context = {"region": region, "form": form, "heading": heading, "crumbs": _crumbs(request, region)}
    return render(request, "kernel/change_region.html", context)


def _with_version_of_today(form: forms.Form, region: Region) -> forms.Form:
    """The same form with what was typed, so that saving it again means today's row."""
    form.data = {**form.data.dict(), "version": str(region.version)}  # type: ignore[attr-defined]
    return form


def _initial(region: Region) -> dict[str, Any]:
    return {"version": region.version, "on": timezone.localdate()}


def _region(request: SignedInRequest, code: str) -> Region:
    region = region_seen_by(request.user, code)
    if region is None:
        raise Http404("没有这个区划，或者它不在您管的范围里。")
    return region


def _crumbs(request: SignedInRequest, region: Region) -> list[dict[str, str]]:
    """The way up, as far as one manages it."""
    way: list[Region] = []
    above: Region | None = region
    while above is not None and region_seen_by(request.user, above.code):
        way.insert(0, above)
        above = above.parent
    return [{"label": each.name, "url": reverse("region_file", args=[each.code])} for each in way]


def _next_code(parent: Region) -> str:
    return next_group_code(parent) if parent.level == RegionLevel.VILLAGE else parent.code


def _not_here(found: list[national.NationalRegion]) -> list[national.NationalRegion]:
    here = set(Region.objects.filter(code__in=[each.code for each in found]).values_list("code", flat=True))
    return [each for each in found if each.code not in here]
