"""Households without a helper or with several, who holds too much, helpers who left, ties overdue."""

from __future__ import annotations

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household, Pairing
from bangfu.support.models import Party, Tie
from bangfu.support.queries.finding import Finding, Numbers, Reach, number_in
from bangfu.support.terms.configuration import rules


def households(reach: Reach, values: Numbers) -> list[Finding]:
    """Monitored households, not yet removed, that have no helper or several, by village; two statements."""
    if not values:
        return []
    open_pairings = Pairing.objects.filter(household=OuterRef("pk"), valid_to=None)
    monitored = Household.objects.filter(reach.over("place"), state=HouseholdState.PRESENT)
    monitored = monitored.exclude(monitored_category="").exclude(risk_removed=True)
    lacking = monitored.filter(~Exists(open_pairings))
    grouped = Pairing.objects.filter(valid_to=None, household__in=monitored.order_by().values("pk"))
    doubled = grouped.order_by().values("household").annotate(number=Count("pk")).filter(number__gt=1)
    without = reverse("household_without_helper_list")
    found = []
    for code, township, village, number in (
        lacking.order_by("village__code")
        .values_list("village__code", "village__parent__name", "village__name")
        .annotate(number=Count("pk"))
    ):
        if number_in(values, code) is None:
            continue
        found.append(
            Finding(
                "gap",
                "监测户没有帮扶责任人",
                f"{township} {village}",
                code,
                f"{number} 户现在没有人帮扶",
                f"{without}?place={code}",
                "去结对",
                Permission.GRID_MANAGE,
                "helper_household",
            )
        )
    for uid, head, village, code, number in doubled.values_list(
        "household__uid",
        "household__head_name",
        "household__village__name",
        "household__village__code",
        "number",
    ):
        found.append(
            Finding(
                "conflict",
                "一户有几名帮扶责任人",
                f"{village} {head}户",
                code,
                f"现在 {number} 人，应恰好 1 人",
                reverse("household_pairings", args=[uid]),
                "去结束多的",
                Permission.GRID_MANAGE,
                "helper_household",
            )
        )
    return found


def helpers(reach: Reach, values: Numbers) -> list[Finding]:
    """Helpers with more households than a county allows; one statement."""
    if not values:
        return []
    least = min(number for _, number in values)
    rows = Pairing.objects.filter(reach.over("household__place"), valid_to=None)
    grouped = rows.order_by().values("helper").annotate(number=Count("pk")).filter(number__gt=least)
    hand_over = reverse("hand_over_ties")  # once: thousands of helpers may hold too much
    found = []
    for uid, name, place, number in grouped.order_by("helper__name", "helper").values_list(
        "helper__uid", "helper__name", "helper__unit__place", "number"
    ):
        wanted = number_in(values, place or "")
        if wanted is not None and number > wanted:
            found.append(
                Finding(
                    "excess",
                    "一人帮的户太多",
                    name,
                    place or "",
                    f"至多 {wanted} 户，现在 {number} 户",
                    f"{hand_over}?giver={uid}",
                    "移交一部分",
                    Permission.TIE_MANAGE,
                    "households_helper",
                )
            )
    return found


def holders(reach: Reach, values: Numbers) -> list[Finding]:
    """Leaders and units with more villages than a county allows ("1321": one); one statement."""
    if not values:
        return []
    rule = next(one for one in rules() if one.code == "villages_holder")
    rows = Tie.objects.filter(reach.over("place"), kind__in=rule.ties, valid_to=None).order_by()
    # the first place says which county's number holds
    grouped = rows.values("party").annotate(number=Count("region", distinct=True), first=Min("place"))
    found = []
    for name, person, party, number, place in grouped.order_by("party__name", "party").values_list(
        "party__name", "party__user__uid", "party__uid", "number", "first"
    ):
        wanted = number_in(values, place)
        if wanted is not None and number > wanted:
            words = f"至多 {wanted} 个村，现在 {number} 个"
            url, mend = _mending(person, party)
            found.append(
                Finding(
                    "excess", "包的村太多", name, place, words, url, mend, Permission.TIE_MANAGE, rule.code
                )
            )
    return found


def _mending(person: object, party: object) -> tuple[str, str]:
    """A person hands over; of a unit the ties are ended one by one."""
    if person:
        return f"{reverse('hand_over_ties')}?giver={person}", "移交"
    return reverse("support_unit_file", args=[party]), "看这个单位"


def left(reach: Reach) -> list[Finding]:
    """People and units that are closed and still hold ties or households; two statements."""
    # 从离任的人找起：他们少，关系多
    gone = Party.objects.filter(Q(user__is_active=False) | Q(unit__is_active=False))
    rows = Tie.objects.filter(reach.over("place"), party__in=gone, valid_to=None).order_by()
    ties = rows.values_list("party__user__uid", "party__name", "party__uid").annotate(number=Count("pk"))
    pairings = Pairing.objects.filter(
        reach.over("household__place"), valid_to=None, helper__in=User.objects.filter(is_active=False)
    ).order_by()
    helpers = pairings.values_list("helper__uid", "helper__name").annotate(number=Count("pk"))
    found = [
        _left_finding(name, f"还有 {number} 条挂包关系", uid, party) for uid, name, party, number in ties
    ]
    return [*found, *(_left_finding(name, f"还有 {number} 户", uid, None) for uid, name, number in helpers)]


def _left_finding(name: str, words: str, uid: object, party: object) -> Finding:
    url, mend = _mending(uid, party)
    return Finding("conflict", "离任的人、停用的单位", name, "", words, url, mend, Permission.TIE_MANAGE)


def overdue(reach: Reach) -> list[Finding]:
    """Ties beyond the end that their paper says; one statement."""
    number = Tie.objects.filter(reach.over("place"), valid_to=None, planned_to__lt=reach.on).count()
    if not number:
        return []
    words = f"{number} 条关系过了文件定的期限，还没有结束或续"
    url = f"{reverse('tie_list')}?f_due=over"
    return [Finding("conflict", "过了文件定的期限", "", "", words, url, "看是哪些", Permission.TIE_VIEW)]
