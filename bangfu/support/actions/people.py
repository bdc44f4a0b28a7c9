"""People who help and have no account: registered once, found everywhere, gone when they leave."""

from __future__ import annotations

from datetime import datetime

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change
from bangfu.households.policies.reach import check_in_place
from bangfu.support.actions.parties import party_of_user
from bangfu.support.models import Party
from bangfu.support.policies.leaving import check_holds_nothing


def register_person(
    *, by: User, at: datetime, name: str, unit: Unit, post: str = "", phone: str = ""
) -> User:
    """Somebody who helps and has no account: no sign-in, no role, until an administrator gives both.

    Raises NotPermitted outside the places of ``by``; SituationForbids without a name, for a unit that is
    closed, and for somebody of that name and post who is known in the unit.
    """
    check_in_place(by, Permission.TIE_MANAGE, unit.place)
    name, post = name.strip(), post.strip()
    if not name:
        raise SituationForbids("请填姓名。没有保存。")
    if not unit.is_active:
        raise SituationForbids(f"{unit.name}已停用，不能再加人。")
    if User.objects.filter(name=name, unit=unit, post=post, is_active=True).exists():
        raise SituationForbids(f"{unit.name}已有“{name}”。同名的另一个人，请在岗位里写出区别。")
    with recording(by=by, at=at, verb="register_person") as change:
        user = User(name=name, unit=unit, post=post, phone=phone.strip(), created_at=at)
        user.username = nameless(user)
        user.set_unusable_password()
        user.save()
        _note(by, at, "register_person", party_of_user(user), change)
    return user


def nameless(user: User) -> str:
    """The sign-in name of somebody who does not sign in; an administrator gives another one later."""
    return f"p-{user.uid.hex}"


def retire_person(*, by: User, at: datetime, party: Party, reason: str) -> User:
    """Somebody without an account has left: may be chosen for nothing any more.

    Raises NotPermitted; SituationForbids without a reason, for a person with an account, which an
    administrator stops, and while households, ties, a place in a team or a grid are still the person's.
    """
    check_in_place(by, Permission.TIE_MANAGE, party.place)
    person = User.objects.get(party=party)
    if not reason.strip():
        raise SituationForbids("请写离任的原因。")
    if person.has_usable_password():
        raise SituationForbids(f"{person.name}有登录账号，请系统管理员停用账号。手上的责任请先移交。")
    check_holds_nothing(person)
    with recording(by=by, at=at, verb="retire_person", reason=reason.strip()) as change:
        person.is_active = False
        person.save(update_fields=["is_active"])
        _note(by, at, "retire_person", party, change)
    return person


def _note(by: User, at: datetime, verb: str, party: Party, change: Change) -> None:
    data = {"party": str(party.uid)}
    audit.record(by=by, at=at, verb=verb, subject=party.subject, data=data, change=change)
