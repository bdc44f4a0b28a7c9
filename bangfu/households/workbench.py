"""What of the register waits for a person, each count with the list it counts."""

from __future__ import annotations

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.ledgers.guarantees import UNREPAIRED
from bangfu.households.ledgers.pairings import UNPAIRED
from bangfu.households.ledgers.proposals import PROPOSALS
from bangfu.households.ledgers.referrals import REFERRALS, UNREFERRED
from bangfu.households.ledgers.relocations import RELOCATIONS
from bangfu.households.ledgers.rounds import ROUND_ENTRIES
from bangfu.households.ledgers.worksheets import WORKSHEETS
from bangfu.ledgers.workbench import Work, WorkCell, cells_of

WORK = (
    Work(
        Permission.CHANGE_DECIDE,
        PROPOSALS,
        "f_state=waiting",
        "变更建议待审核",
        "核对来源，采纳或退回；自己提的由别人审。",
    ),
    Work(
        Permission.INCOME_RECORD,
        WORKSHEETS,
        "f_state=disputed",
        "收入测算有异议",
        "上门重新核算，两次结果都留着。",
    ),
    Work(
        Permission.INCOME_RECORD, WORKSHEETS, "f_state=draft", "收入测算待签字", "打印出来，请户主核对签字。"
    ),
    Work(
        Permission.ROUND_DECIDE,
        ROUND_ENTRIES,
        "f_part=undecided",
        "再识别没填结果",
        "按户填结果，可以勾选一批。",
    ),
    Work(
        Permission.ROUND_DECIDE,
        ROUND_ENTRIES,
        "f_part=unexplained",
        "再识别人数对不上",
        "补登出生、死亡、迁入、迁出，再更新。",
    ),
    Work(Permission.GRID_MANAGE, UNPAIRED, "", "没有帮扶责任人的户", "给每一户定下结对的人。"),
    Work(
        Permission.HOUSEHOLD_REGISTER,
        UNREFERRED,
        "",
        "兜底户还没转民政",
        "转给民政，评低保、特困或临时救助。",
    ),
    Work(
        Permission.HOUSEHOLD_REGISTER,
        REFERRALS,
        "f_open=yes",
        "转民政还没有结果",
        "问民政，登记受理和结果。",
    ),
    Work(
        Permission.HOUSEHOLD_REGISTER,
        RELOCATIONS,
        "f_overdue=yes",
        "搬迁过了计划日还没入住",
        "登记入住，或写没有入住的原因。",
    ),
    Work(Permission.GUARANTEE_RECORD, UNREPAIRED, "", "C、D 级房未改造", "看原因，定解决办法。"),
)


def cells(user: User) -> list[WorkCell]:
    """The counts of the register's work that this person may do."""
    return cells_of(user, WORK)
