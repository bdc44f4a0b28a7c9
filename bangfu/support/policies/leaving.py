"""What somebody must have handed over before leaving."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.access.models import User
from bangfu.core.errors import SituationForbids
from bangfu.households.models import DutyOfficer, GridDuty, Pairing
from bangfu.support.models import TeamMember, Tie
from bangfu.support.terms.tie_kinds import kind_label

_NAMED = 3
"""So many of a kind are named in a sentence; the person's page has all of them."""


def check_holds_nothing(person: User) -> None:
    """No household, tie, place in a team, grid or office is the person's; else SituationForbids names them.

    The sentence says for each kind how it is handed over.
    """
    held = [sentence for sentence in _held(person) if sentence]
    if held:
        raise SituationForbids(f"{person.name}手上还有：{'；'.join(held)}。办完再登记离任，没有改动。")


def _held(person: User) -> list[str]:
    pairings = Pairing.objects.filter(helper=person, valid_to=None).order_by("household__place", "pk")
    # 写村名，不写户主：登记离任的人不一定看得到那些户
    homes = list(pairings.values_list("household__village__name", flat=True))
    ties = Tie.objects.filter(party__user=person, valid_to=None).select_related("region", "other")
    tied = [f"{kind_label(tie.kind)}（{_end(tie)}）" for tie in ties]
    times = TeamMember.objects.filter(user=person, valid_to=None).select_related("team__subject")
    teams = [time.team.subject.label for time in times]
    duties = GridDuty.objects.filter(user=person, valid_to=None).select_related("grid")
    grids = [duty.grid.name for duty in duties]
    offices = DutyOfficer.objects.filter(user=person, valid_to=None)
    posts = [office.get_kind_display() for office in offices]
    return [
        _sentence(homes, "户结对", "在“移交全部责任”里交给别人"),
        _sentence(tied, "条挂包关系", "在“移交全部责任”里交给别人"),
        _sentence(teams, "支工作队", "在工作队里登记离村，或移交给接手的队员"),
        _sentence(grids, "个网格", "在“网格”里换人"),
        _sentence(posts, "个信息员、专干岗位", "在“信息员”里换人"),
    ]


def _sentence(names: Sequence[str], unit: str, way: str) -> str:
    if not names:
        return ""
    different = list(dict.fromkeys(names))
    more = " 等" if len(different) > _NAMED else ""
    return f"{len(names)} {unit}（{'、'.join(different[:_NAMED])}{more}），请{way}"


def _end(tie: Tie) -> str:
    return tie.region.name if tie.region else tie.other.name if tie.other else ""
