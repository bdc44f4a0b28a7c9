"""From the code on a printed paper back to the step it belongs to: rooms say where their papers go."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404

from bangfu.access.models import User
from bangfu.core.errors import SituationForbids
from bangfu.documents.codes import read_code
from bangfu.documents.errors import UnreadableCode

Way = Callable[[User, UUID], str]
_ways: dict[str, Way] = {}


def register_return(step: str, way: Way) -> None:
    """Say where papers of a step go: ``way(user, uid)`` gives the address, or raises Http404 out of reach."""
    _ways[step] = way


def address_of(code: str, user: User) -> str:
    """Where a scanned or typed code leads this person.

    Raises SituationForbids for a text that is no code, a step nobody knows, and a paper out of reach alike.
    """
    try:
        returned = read_code(code)
    except UnreadableCode as error:
        raise SituationForbids(error.message) from error
    way = _ways.get(returned.step)
    if way is None:
        raise SituationForbids("这种材料不在这里归档。请在清单里找到这一件再上传。")
    try:
        return way(user, returned.uid)
    except Http404 as error:
        raise SituationForbids("没有找到这份材料，或者它不在您管的范围里。") from error
