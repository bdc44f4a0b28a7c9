"""The gallery shows everything, and every page of the room can be drawn without a database."""

import html.parser
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from bangfu.ui import views
from bangfu.ui.samples import samples
from tools.tree import ROOT

PARTS = sorted((ROOT / "bangfu/ui/templates/ui/parts").glob("*.html"))
MENU_ITEM = {"label": "线索池", "url": "/clues/", "icon": "inbox", "current": True, "count": 148}
FRAME = {
    "menu": [{"title": "发现与认定", "items": [MENU_ITEM]}],
    "crumbs": [{"label": "云岭县", "url": "/"}, {"label": "青石镇", "url": ""}],
    "county_name": "云岭县",
    "person": {"name": "何静", "post": "青石镇信息员"},
    "unread": 3,
    "unit": "yuan",
    "type_size": "normal",
    "is_demo": True,
    "version": "0.1",
    "watermark": "何静 11-22 10:20",
}


class _Outline(html.parser.HTMLParser):
    """Ids, references to them, labels and unclosed elements of a page."""

    VOID = frozenset("meta link input br img hr path rect circle line use".split())

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("for", "aria-describedby", "aria-controls", "form"):
            self.wanted |= set(str(given.get(name) or "").split())
        if tag in {"input", "select", "textarea"} and given.get("type") != "hidden":
            inside = "label" in self.open
            self.inputs.append({**given, "inside": "yes" if inside else None})
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag, f"{tag} 收错了，{self.getpos()}"


def draw(template: str, **values: object) -> str:
    request = RequestFactory().get("/gallery/")
    return render_to_string(
        template, {**FRAME, **samples(), **values, "request": request, "csrf_token": "x" * 64}
    )


PAGES = ["ui/gallery.html", *views.PAGES.values()]


@pytest.mark.parametrize("part", [pytest.param(part, id=part.name) for part in PARTS])
def test_every_part_is_named_on_the_gallery(part: Path) -> None:
    assert re.search(rf"\b{re.escape(part.name)}\b", draw("ui/gallery.html"))


@pytest.mark.parametrize("part", [pytest.param(part, id=part.name) for part in PARTS])
def test_every_part_is_used_by_a_page_or_another_part(part: Path) -> None:
    users = [
        page for page in (ROOT / "bangfu").rglob("templates/**/*.html") if page.is_file() and page != part
    ]
    fetched = part.name in {Path(name).name for name in views.PARTS.values()}
    assert fetched or any(f"ui/parts/{part.name}" in page.read_text(encoding="utf-8") for page in users)


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_unique_and_references_lead_to_one(page: str) -> None:
    outline = _Outline(draw(page))
    assert sorted(outline.ids) == sorted(set(outline.ids))
    assert outline.wanted - set(outline.ids) == set()
    assert outline.open == []


@pytest.mark.parametrize("page", PAGES)
def test_every_input_has_a_label(page: str) -> None:
    drawn = draw(page)
    labelled = set(re.findall(r"<label[^>]*\bfor=\"([^\"]+)\"", drawn))
    nameless = [
        given
        for given in _Outline(drawn).inputs
        if not (given.get("inside") or given.get("aria-label") or given.get("id") in labelled)
    ]
    assert nameless == []


def test_the_twelve_patterns_are_all_there() -> None:
    drawn = draw("ui/gallery.html")
    contents = re.search(r'<nav class="card bf-contents".*?</nav>', drawn, re.DOTALL)
    assert contents
    linked = re.findall(r'href="#([\w-]+)">\d+ ', contents[0])
    assert len(linked) == 12
    assert [place for place in linked if f'id="{place}"' not in drawn] == []


def test_the_menu_marks_the_page_one_is_on_and_shows_counts() -> None:
    drawn = draw("ui/gallery.html")
    assert 'href="/clues/" aria-current="true"' in drawn
    assert '<span class="c">148</span>' in drawn


def test_the_watermark_lies_on_pages_with_data_and_not_on_the_sign_in_page() -> None:
    assert "何静 11-22 10:20" in draw("ui/gallery_paper.html")
    assert "何静 11-22 10:20" not in draw("ui/gallery_plain.html")


@pytest.mark.parametrize("state", ["waiting", "running"])
def test_work_that_goes_on_asks_for_itself_and_can_be_stopped(state: str) -> None:
    job = {"title": "筛查", "state": state, "done": 3, "total": 9, "status_url": "/s/", "cancel_url": "/c/"}
    drawn = draw("ui/parts/progress.html", job=job)
    assert 'hx-get="/s/" hx-trigger="every 2s"' in drawn
    assert 'method="post" action="/c/"' in drawn


@pytest.mark.parametrize("state", ["finished", "stopped", "failed"])
def test_work_that_is_over_asks_no_more(state: str) -> None:
    job = {"title": "筛查", "state": state, "status_url": "/s/", "cancel_url": "/c/", "result_url": "/r/"}
    drawn = draw("ui/parts/progress.html", job=job)
    assert "hx-get" not in drawn
    assert "/c/" not in drawn
    assert 'href="/r/"' in drawn


def test_a_step_with_something_missing_is_said_in_words_too() -> None:
    drawn = draw("ui/parts/process.html")
    assert 'class="miss"' in drawn
    assert "有缺" in drawn
    assert "缺户主签字" in drawn


def test_a_batch_that_was_undone_cannot_be_undone_again() -> None:
    receipt = {**samples()["receipt"], "undone": "周亚 11-02 撤回"}
    drawn = draw("ui/parts/receipt.html", receipt=receipt)
    assert "周亚 11-02 撤回" in drawn
    assert "撤回这批" not in drawn


def test_a_disabled_action_keeps_its_reason_beside_it() -> None:
    actions = [{"label": "提交", "disabled": True, "reason": "缺户主签字"}]
    drawn = draw("ui/parts/head.html", actions=actions)
    assert '<small class="m2">缺户主签字</small>' in drawn
    assert "<a " not in drawn


def test_the_head_of_a_column_turns_the_order_round() -> None:
    column = {"label": "金额", "sort": "amount", "number": True}
    up = draw("ui/parts/column_head.html", column=column, sort="amount")
    down = draw("ui/parts/column_head.html", column=column, sort="-amount")
    assert 'aria-sort="ascending"' in up and "?sort=-amount" in up
    assert 'aria-sort="descending"' in down and "?sort=amount" in down


def test_error_pages_say_what_to_do() -> None:
    for name in ("404.html", "403.html", "500.html"):
        assert "回工作台" in draw(name), name
    assert "字还在" in draw("500.html")


@pytest.mark.parametrize("name", views.PARTS)
def test_what_a_page_fetches_is_served_without_a_frame(name: str) -> None:
    answer = views.gallery_part(RequestFactory().get("/"), name=name)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
