"""A unit and a person as their files show them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, permits
from bangfu.support.enums.units import PlanStanding, PostKind
from bangfu.support.models import Party
from bangfu.support.policies.assistance import may_record_at, may_record_for
from bangfu.support.queries import ties as queries
from bangfu.support.queries.scopes import parties_seen_by
from bangfu.support.showing.ties import region_words, target_name
from bangfu.support.terms.tie_kinds import kind_label

Words = dict[str, Any]
_STANDINGS = {PlanStanding.DRAFT: "warn", PlanStanding.ADOPTED: "now", PlanStanding.FINISHED: "ok"}


def unit_page(party: Party, user: User) -> Words:
    """Everything of a unit's file, and what this person may do with it."""
    posts = queries.posts_of(party)
    manages, records = permits(user, Permission.TIE_MANAGE, party.place), may_record_for(user, party)
    return {
        "party": party,
        "subject": _unit_head(party, manages, posts),
        "posts": posts,
        "seen": set(parties_seen_by(user).filter(user__posts__in=posts).values_list("user", flat=True)),
        "changes": _changes(posts),
        "ties": [_tie(tie) for tie in queries.ties_of(party)],
        "people_ties": [_tie(tie) | {"who": tie.party.name} for tie in queries.unit_people_ties(party)],
        "plans": [_plan(plan) for plan in queries.plans_of(party)],
        "brought": [
            {"row": row, "may_withdraw": not row.withdrawn_reason and may_record_at(user, party, row.place)}
            for row in queries.brought_by(party)
        ],
        "summaries": list(party.summaries.order_by("-year")),
        "manages": manages,
        "records": records,
        "records_here": has_permission(user, Permission.ASSISTANCE_RECORD)
        and queries.places_to_record(user, party).exists(),
    }


def person_page(party: Party, user: User) -> Words:
    """Everything of a person's file: the unit, posts, ties, and the households by number."""
    person = party.user
    assert person is not None  # 这一页只给人，单位另有一页
    manages = permits(user, Permission.TIE_MANAGE, party.place)
    return {
        "party": party,
        "subject": {
            "name": party.name,
            "about": " ".join(filter(None, (person.unit.name if person.unit else "", person.post))),
            "signals": [] if person.is_active else [{"kind": "off", "word": "已离任"}],
            "facts": [
                {"label": "结对的户", "value": queries.household_count(user, person)},
                {
                    "label": "登录",
                    "value": "有账号" if person.has_usable_password() else "没有账号",
                },
            ],
            "actions": _person_actions(party, manages),
        },
        "posts": list(person.posts.select_related("unit__party").order_by("-valid_from", "-pk")),
        "ties": [_tie(tie) for tie in queries.ties_of(party)],
        "manages": manages,
    }


def _person_actions(party: Party, manages: bool) -> list[Words]:
    person = party.user
    if not manages or person is None:
        return []
    give = f"{reverse('hand_over_ties')}?giver={person.uid}"
    found = [{"label": "移交全部责任", "url": give, "icon": "arrows-exchange"}]
    if person.is_active and not person.has_usable_password():
        leave = reverse("retire_person", args=[party.uid])
        found.append({"label": "登记离任", "url": leave, "icon": "user-minus"})
    return found


def _unit_head(party: Party, manages: bool, posts: list[Any]) -> Words:
    edit = {"label": "改资料", "url": reverse("describe_unit", args=[party.uid]), "icon": "edit"}
    kinds = (PostKind.PRINCIPAL, PostKind.IN_CHARGE, PostKind.CONTACT)
    return {
        "name": party.name,
        "about": party.region_name,
        "tags": [word for word in (party.get_level_display(), party.get_nature_display()) if word],
        "facts": [
            {"label": "工作机构", "value": party.working_body or "还没有填"},
            *({"label": kind.label, "value": _holders(posts, kind)} for kind in kinds),
        ],
        "actions": [edit] if manages else [],
    }


def _holders(posts: list[Any], kind: PostKind) -> str:
    return "、".join(post.user.name for post in posts if post.kind == kind and not post.valid_to) or "未定"


def _changes(posts: list[Any]) -> list[Words]:
    """How often the principal and the leader in charge changed (C-214)."""
    kinds = (PostKind.PRINCIPAL, PostKind.IN_CHARGE)
    counted = {kind: sum(post.kind == kind and post.valid_to is not None for post in posts) for kind in kinds}
    return [{"label": kind.label, "count": count} for kind, count in counted.items()]


def _tie(tie: Any) -> Words:
    return {"tie": tie, "kind": kind_label(tie.kind), "target": target_name(tie)}


def _plan(plan: Any) -> Words:
    signal = {"kind": _STANDINGS[PlanStanding(plan.standing)], "word": plan.get_standing_display()}
    return {"plan": plan, "where": region_words(plan.region), "signal": signal}
