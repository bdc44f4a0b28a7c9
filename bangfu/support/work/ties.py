"""What of ties waits for a person, each count with its list: no household is without a helper unnoticed."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from bangfu.households.ledgers.pairings import PAIRINGS
from bangfu.ledgers.workbench import Work
from bangfu.support.ledgers.ties import TIES

WORK = (
    Work(
        Permission.GRID_MANAGE,
        PAIRINGS,
        "f_open=yes&f_left=yes",
        "帮扶责任人离任的户",
        "人走了，户还挂在名下：移交给现任的人。",
        "bad",
    ),
    Work(
        Permission.TIE_MANAGE,
        TIES,
        "f_open=yes&f_left=yes",
        "离任的人手上的关系",
        "人走了或单位停用了，关系还在：移交或结束。",
        "bad",
    ),
    Work(Permission.TIE_MANAGE, TIES, "f_due=over", "挂包关系过了期限", "按文件续上、移交或结束。"),
)
