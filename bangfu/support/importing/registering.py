"""The five lists of this room, with who judges and who writes them."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from bangfu.support.importing.committer import Kind, SupportCommitter
from bangfu.support.importing.judging import PostRows, UnitRows
from bangfu.support.importing.judging_teams import TeamRows
from bangfu.support.importing.judging_ties import PairingRows, TieRows
from bangfu.support.importing.lists import PAIRINGS, POSTS, TEAMS, TIES, UNITS, lists
from bangfu.support.importing.writing import (
    write_pairings,
    write_posts,
    write_teams,
    write_ties,
    write_units,
)

_PEOPLE = {"people": "新登记的人"}


def support_committers() -> list[SupportCommitter]:
    """One a list."""
    manage = Permission.TIE_MANAGE
    see = Permission.TIE_VIEW
    kinds = (
        Kind(lists()[UNITS], manage, see, UnitRows, write_units, {"units": "新登记的单位"}),
        Kind(lists()[POSTS], manage, see, PostRows, write_posts, _PEOPLE | {"posts": "任职"}),
        Kind(lists()[TIES], manage, see, TieRows, write_ties, _PEOPLE | {"ties": "挂包关系"}),
        Kind(
            lists()[TEAMS],
            Permission.TEAM_MANAGE,
            Permission.TEAM_VIEW,
            TeamRows,
            write_teams,
            _PEOPLE | {"teams": "新组建的工作队", "members": "驻村队员"},
        ),
        Kind(
            lists()[PAIRINGS],
            Permission.GRID_MANAGE,
            Permission.PAIRING_VIEW,
            PairingRows,
            write_pairings,
            _PEOPLE | {"pairings": "结对"},
        ),
    )
    return [SupportCommitter(kind) for kind in kinds]
