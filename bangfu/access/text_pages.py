"""The pages on which a county writes its own versions of a text: begin, check, publish, retire.

A room gives a ``TextPages`` the kind of text, its words and what to show of a sound one, and hangs ``urls``
in its addresses: ``draft_new_x``, ``draft_x``, ``check_x``, ``edit_x``, ``publish_x``, ``retire_x`` for the
noun x; they are the verbs of the audit too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bangfu.access.decorators import View, permission_required
from bangfu.access.models import User
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, places_of, within_any
from bangfu.access.steps import step_from, step_page
from bangfu.access.text_forms import DraftForm, RetireForm, SeenForm, TextForm
from bangfu.access.versioned_texts import Row, TextKind
from bangfu.core.models import Region, RegionLevel

Crumbs = list[dict[str, Any]]


@dataclass(frozen=True)
class TextWords:
    """What the pages say: ``thing`` is what is written (“标准”); a new one begins with ``example``."""

    thing: str
    writing: str
    publishing: str
    retiring: str
    example: str


@dataclass(frozen=True)
class TextPages(Generic[Row]):
    """The pages of one kind of text.

    ``holds`` gives title and text of a code where the user works (Http404 without), ``is_taken`` whether a
    code is in use in a place, ``code_of`` the code that a sound text gives itself; ``preview`` is the
    template that draws a sound text, with the context that ``shown`` makes of it; ``crumbs`` leads to the
    list, or to the page of a title and code.
    """

    kind: TextKind[Row]
    words: TextWords
    holds: Callable[[User, str], tuple[str, str]]
    is_taken: Callable[[str, str], bool]
    code_of: Callable[[str], str]
    preview: str
    shown: Callable[[str], dict[str, Any]]
    crumbs: Callable[..., Crumbs]

    def urls(self, at: str) -> list[URLPattern]:
        """The addresses of the pages under ``at``."""
        noun = self.kind.noun
        both, post = require_http_methods(["GET", "POST"]), require_POST
        pages: list[tuple[str, Callable[..., HttpResponse], str, Callable[[View], View]]] = [
            ("new/", self._draft_new, f"draft_new_{noun}", both),
            ("check/", self._check, f"check_{noun}", post),
            ("of/<slug:code>/", self._draft, f"draft_{noun}", both),
            ("<uuid:uid>/", self._edit, f"edit_{noun}", both),
            ("<uuid:uid>/publish/", self._publish, f"publish_{noun}", both),
            ("<uuid:uid>/retire/", self._retire, f"retire_{noun}", both),
        ]
        needs = permission_required(self.kind.permission)
        return [path(f"{at}/{rest}", needs(methods(view)), name=name) for rest, view, name, methods in pages]

    def versions(self, user: User, code: str) -> list[Row]:
        """All versions of a code that the user may see, the newest first."""
        reach = within_any("place", places_of(user, self.kind.permission))
        rows: Any = self.kind.model._default_manager.filter(code=code).order_by("-number")
        return list(rows.filter(reach) | rows.filter(is_shipped=True))

    def _places(self, user: User) -> list[tuple[str, str]]:
        reach = within_any("code", places_of(user, self.kind.permission))
        rows = Region.objects.filter(reach, level=RegionLevel.COUNTY, valid_to=None).order_by("code")
        return list(rows.values_list("code", "name"))

    def _seen(self, user: User, uid: UUID) -> Any:
        return get_visible(self.kind.model, user, self.kind.permission, uid=uid)

    def _way(self, row: Any) -> Crumbs:
        """To the page of the text, or to the list while nothing of its code holds."""
        return self.crumbs(row.title, row.code) if self.is_taken(row.code, row.place) else self.crumbs()

    def _verb(self, way: str) -> str:
        return f"{way}_{self.kind.noun}"

    def _draft_new(self, request: SignedInRequest) -> HttpResponse:
        """Begin a text of a code that is not there yet."""
        form = DraftForm(
            self._places(request.user), request.POST or None, initial={"text": self.words.example}
        )
        step = step_from(self.crumbs(), f"新建{self.words.thing}", self.words.writing, "存成草稿")

        def act(typed: dict[str, Any]) -> Row | None:
            mistakes = self.kind.mistakes(request.user, "", typed["text"])
            if mistakes:
                form.add_error("text", f"还没存，有 {len(mistakes)} 处要改：{''.join(mistakes)}")
                return None
            code = self.code_of(typed["text"])
            if self.is_taken(code, typed["place"]):
                told = f"编号“{code}”已经有一个{self.words.thing}。请换一个编号，或到那一页起草新版。"
                form.add_error("text", told)
                return None
            return self.kind.draft(
                by=request.user, at=timezone.now(), verb=self._verb("draft"), code=code, **typed
            )

        return self._writing(request, step, form, act, "")

    def _draft(self, request: SignedInRequest, code: str) -> HttpResponse:
        """Begin the county's own version from the one that holds."""
        title, text = self.holds(request.user, code)
        form = DraftForm(self._places(request.user), request.POST or None, initial={"text": text})
        step = step_from(self.crumbs(title, code), "起草新版", self.words.writing, "存成草稿")
        act = partial(
            self.kind.draft, by=request.user, at=timezone.now(), verb=self._verb("draft"), code=code
        )
        return self._writing(request, step, form, lambda typed: act(**typed), code)

    def _check(self, request: SignedInRequest) -> HttpResponse:
        """Whether a text could be published, while it is being written: its mistakes, or what it makes."""
        code, text = request.POST.get("code", ""), request.POST.get("text", "")
        return render(request, "access/parts/text_checked.html", self._checked(request.user, code, text))

    def _edit(self, request: SignedInRequest, uid: UUID) -> HttpResponse:
        """A version: a draft to go on with, or what was published as it is written."""
        row = self._seen(request.user, uid)
        initial = {"text": row.text, "note": row.note, "version": row.version}
        form = TextForm(request.POST or None, initial=initial)
        act = partial(self.kind.edit, row, by=request.user, at=timezone.now(), verb=self._verb("edit"))
        step = step_from(self._way(row), f"{row}", self.words.writing, "保存草稿")
        return self._writing(request, step, form, lambda typed: act(**typed), row.code, row)

    def _publish(self, request: SignedInRequest, uid: UUID) -> HttpResponse:
        """Let a draft hold."""
        row = self._seen(request.user, uid)
        act = partial(self.kind.publish, row, by=request.user, at=timezone.now(), verb=self._verb("publish"))
        step = step_from(self._way(row), f"发布 {row}", self.words.publishing, "发布")
        form = SeenForm(request.POST or None, initial={"version": row.version})
        return step_page(request, step, form, lambda typed: act(**typed), self._done)

    def _retire(self, request: SignedInRequest, uid: UUID) -> HttpResponse:
        """Let a version hold no longer, or a draft go."""
        row = self._seen(request.user, uid)
        act = partial(self.kind.retire, row, by=request.user, at=timezone.now(), verb=self._verb("retire"))
        step = step_from(self._way(row), f"停用 {row}", self.words.retiring, "停用")
        form = RetireForm(request.POST or None, initial={"version": row.version})
        return step_page(request, step, form, lambda typed: act(**typed), self._done)

    def _done(self, row: Any) -> tuple[str, str]:
        return f"{row}：{row.get_state_display()}。", self._way(row)[-1]["url"]

    def _saved(self, row: Any) -> tuple[str, str]:
        return f"{row}：存好了。", reverse(self._verb("edit"), args=[row.uid])

    def _checked(self, user: User, code: str, text: str) -> dict[str, Any]:
        mistakes = self.kind.mistakes(user, code, text)
        more = {} if mistakes else self.shown(text)
        return {"mistakes": mistakes, "preview": self.preview, **more}

    def _writing(
        self, request: SignedInRequest, step: Any, form: Any, act: Any, code: str, row: Any = None
    ) -> HttpResponse:
        checked = self._checked(request.user, code, row.text) if row is not None else {}
        return step_page(
            request,
            step,
            form,
            act,
            self._saved,
            template="access/text_version.html",
            row=row,
            code=code,
            check_url=reverse(self._verb("check")),
            publish_url=reverse(self._verb("publish"), args=[row.uid]) if row is not None else "",
            retire_url=reverse(self._verb("retire"), args=[row.uid]) if row is not None else "",
            **checked,
        )
