"""The page of who stands where."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.support.queries.tie_map import standing_below
from bangfu.support.queries.tree import townships_in, tree_of
from bangfu.support.showing.tie_map import HEADS, twin_of
from bangfu.support.views.tie_crumbs import crumbs


@require_GET
@permission_required(Permission.TIE_VIEW)
def tie_tree(request: SignedInRequest) -> HttpResponse:
    """County by itself, or a township (``?place=``) with its villages, foldable."""
    tops = townships_in(request.user)
    asked = request.GET.get("place", "")
    top = next((region for region in tops if region.code == asked), tops[0] if tops else None)
    context = {
        "tops": tops,
        "top": top,
        "tree": tree_of(request.user, top) if top else None,
        "twin": twin_of(standing_below(request.user, top)) if top else None,
        "twin_columns": HEADS,
        "crumbs": crumbs("tie_list", "挂包关系", "谁在哪里"),
    }
    return render(request, "support/ties/tie_tree.html", context)
