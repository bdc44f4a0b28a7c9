"""The way back."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.assessment.models import Assessed, AssessmentRound

Crumbs = list[dict[str, Any]]


def to_rounds(round: AssessmentRound | None = None, assessed: Assessed | None = None) -> Crumbs:
    """To the list, an assessment, one of those assessed."""
    crumbs: Crumbs = [{"label": "考核", "url": reverse("unit_assessment_list")}]
    if round is not None:
        crumbs.append({"label": round.title, "url": reverse("unit_assessment_file", args=[round.uid])})
    if assessed is not None:
        crumbs.append({"label": assessed.name, "url": reverse("assessed_file", args=[assessed.uid])})
    return crumbs


def to_schemes(title: str = "", code: str = "") -> Crumbs:
    """To the schemes, and one of them."""
    crumbs = [*to_rounds(), {"label": "方案", "url": reverse("scheme_list")}]
    if code:
        crumbs.append({"label": title, "url": reverse("scheme_page", args=[code])})
    return crumbs
