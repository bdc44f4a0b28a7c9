"""Nothing exceeds what stands above it; every refusal says the numbers."""

from __future__ import annotations

from bangfu.core.errors import SituationForbids
from bangfu.core.money import yuan_text
from bangfu.funds.models import Account

NOTHING = "什么都没有记。"


def check_positive(fen: int) -> None:
    """Money that moves is more than nothing: raises SituationForbids."""
    if fen <= 0:
        raise SituationForbids(f"金额要大于零，现在是 {yuan_text(fen)} 元。{NOTHING}")


def check_room(account: Account, fen: int) -> None:
    """Whether the account has ``fen`` left: raises SituationForbids with all numbers."""
    if fen > account.rest:
        raise SituationForbids(
            f"{account.label}共 {yuan_text(account.amount)} 元，已用 {yuan_text(account.used)} 元，"
            f"还剩 {yuan_text(account.rest)} 元；这次 {yuan_text(fen)} 元，"
            f"超出 {yuan_text(fen - account.rest)} 元。{NOTHING}请改小金额。"
        )


def check_limit(account: Account, limit: int) -> None:
    """Whether a plan or contract may shrink to ``limit``: raises SituationForbids below what is used."""
    if limit < account.used:
        raise SituationForbids(
            f"{account.label}现在是 {yuan_text(limit)} 元，已经用了 {yuan_text(account.used)} 元。"
            f"{NOTHING}请先冲回多用的，或补办变更。"
        )
