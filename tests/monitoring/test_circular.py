"""The monthly circular: as known at the month's end, for ever, and every number with its list (C-048)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.urls import reverse

from bangfu.core.changing import SYSTEM
from bangfu.core.models import AuditEvent
from bangfu.core.parameters import supersede_parameter
from bangfu.households.snapshots.taking import take_snapshot
from bangfu.monitoring.queries.circular import CircularLine
from bangfu.monitoring.queries.circular_figures import FIGURES, Month, circular_figure
from bangfu.monitoring.showing.circular import TABLES
from bangfu.monitoring.showing.withholding import withheld_cells
from tests.cast import COUNTY, TOWN, make_user
from tests.monitoring.case_builders import begun, people, poor_household
from tests.monitoring.clue_builders import make_clue

pytestmark = pytest.mark.django_db

NOVEMBER, LAST = "2026-11", date(2026, 11, 30)
AT = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def lake(tmp_path, monkeypatch) -> None:
    """A home of its own, so that files of one test do not meet another's."""
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, folder=tmp_path))


@pytest.fixture
def month(regions):
    """A November with a clue, an enrolment, a case under way; kept at its end."""
    make_clue(poor_household(regions))
    begun(regions).carry("announce")
    begun(regions, poor_household(regions)).study()
    take_snapshot(by=SYSTEM, at=AT, month=LAST)
    return regions


def numbers(page) -> dict[str, int]:
    return page.context["circular"].whole.numbers


def test_what_happened_in_the_month_is_counted(month, signed_in) -> None:
    found = numbers(signed_in(people().county).get(reverse("circular")))
    expected = {"clues": 1, "clues_cadre_visit": 1, "opened": 2, "decided": 1, "enrolled": 1}
    overdue = {"clues_overdue": 1, "cases_overdue": 2}
    nothing = {one.id: 0 for one in FIGURES}
    assert found == nothing | expected | overdue


def test_every_number_opens_as_many_rows(month, signed_in) -> None:
    browser = signed_in(people().county)
    page = browser.get(reverse("circular")).context
    cells = [
        cell for table in page["tables"] for row in table["rows"] for cell in row["cells"] if cell["url"]
    ]
    assert len(cells) >= 12
    for cell in cells:
        listed = browser.get(cell["url"]).context
        assert listed["page"].paginator.count == int(cell["text"]), cell["url"]
        assert all(row["name"] for row in listed["rows"])


def test_the_draft_says_the_numbers_and_links_them(month, signed_in) -> None:
    page = signed_in(people().county).get(reverse("circular")).context
    text = "".join(piece.text for part in page["draft"] for piece in part)
    assert "2026 年 11 月，云岭县收集线索 1 条，其中干部走访 1 条；本月核实 0 条" in text
    assert "纳入监测 1 户" in text
    links = [piece.url for part in page["draft"] for piece in part if piece.url]
    assert all(f"figure={id}" in "".join(links) for id in ("clues", "opened", "enrolled"))


def test_what_is_recorded_later_changes_no_byte(month, signed_in) -> None:
    browser = signed_in(people().county)

    def taken_out() -> bytes:
        return b"".join(browser.get(reverse("export_circular")).streaming_content)

    before, page = taken_out(), numbers(browser.get(reverse("circular")))
    begun(month, poor_household(month)).carry("announce", "后来〔2026〕2号")
    make_clue(poor_household(month))
    assert taken_out() == before
    assert numbers(browser.get(reverse("circular"))) == page
    assert AuditEvent.objects.filter(verb="export_circular").count() == 2


def test_regions_add_up_to_the_whole_in_the_order_of_their_codes(month, signed_in) -> None:
    circular = signed_in(people().county).get(reverse("circular")).context["circular"]
    codes = [line.code for line in circular.lines]
    assert codes == sorted(codes)
    assert TOWN in codes
    for one in FIGURES:
        assert sum(line.numbers[one.id] for line in circular.lines) == circular.whole.numbers[one.id]


def test_a_leader_sees_neither_lists_nor_small_numbers(month, signed_in) -> None:
    browser = signed_in(make_user("leader"))
    page = browser.get(reverse("circular"))
    assert page.context["circular"].lines == ()
    cells = [cell for table in page.context["tables"] for row in table["rows"] for cell in row["cells"]]
    assert {cell["text"] for cell in cells} == {"0", "不足 5"}
    assert not any(cell["url"] for cell in cells)
    asked = {"figure": "enrolled", "month": NOVEMBER}
    assert browser.get(reverse("circular_list"), asked).context["page"].paginator.count == 0
    assert browser.get(reverse("export_circular")).status_code == 403


def test_a_township_counts_its_own(month, signed_in) -> None:
    browser = signed_in(make_user("township", TOWN, username="another"))
    assert numbers(browser.get(reverse("circular")))["opened"] == 2
    assert browser.get(reverse("circular"), {"place": "530998"}).status_code == 404


def test_a_month_without_snapshot_is_not_told(month, signed_in) -> None:
    browser = signed_in(people().county)
    assert browser.get(reverse("circular"), {"month": "2026-09"}).status_code == 404
    assert browser.get(reverse("circular_list"), {"figure": "nobody"}).status_code == 404


def test_without_any_snapshot_the_page_says_so(regions, signed_in) -> None:
    assert "还没有月末快照" in signed_in(people().county).get(reverse("circular")).content.decode()


def test_the_paper_carries_both_tables(month, signed_in) -> None:
    page = signed_in(people().county).get(reverse("print_circular")).content.decode()
    assert all(title in page for title, _ in TABLES)
    assert "盖章" in page


def cells_of(page) -> list[str]:
    return [
        cell["text"] for table in page.context["tables"] for row in table["rows"] for cell in row["cells"]
    ]


def test_the_paper_to_publish_withholds_small_numbers_and_the_office_s_does_not(month, signed_in) -> None:
    browser = signed_in(people().county)
    paper = browser.get(reverse("print_circular"))
    assert set(cells_of(paper)) == {"0", "不足 5"}
    assert "不足 5 的数不列出" in paper.content.decode()
    assert "收集线索 不足 5 条" in "".join(piece.text for part in paper.context["draft"] for piece in part)
    office = browser.get(reverse("print_circular"), {"internal": "1"})
    assert {"0", "1", "2"} == set(cells_of(office)) and "内部件" in office.content.decode()


def test_who_sees_no_cases_gets_no_internal_paper(month, signed_in) -> None:
    browser = signed_in(make_user("leader"))
    assert "internal" not in browser.get(reverse("circular")).content.decode()
    assert set(cells_of(browser.get(reverse("print_circular"), {"internal": "1"}))) == {"0", "不足 5"}


def test_the_workbook_to_publish_withholds_small_numbers(month, signed_in) -> None:
    browser = signed_in(people().county)

    def sheet(**asked: str) -> set[Any]:
        answer = browser.get(reverse("export_circular"), asked)
        book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
        return {cell.value for row in book["线索"].iter_rows(min_row=5, min_col=2) for cell in row}

    assert sheet() == {0, "不足 5"}
    assert sheet(internal="1") == {0, 1}
    assert [one.data["internal"] for one in AuditEvent.objects.filter(verb="export_circular")] == [
        False,
        True,
    ]


def test_the_county_s_own_least_number_decides(month, signed_in) -> None:
    supersede_parameter(
        by=SYSTEM,
        at=AT,
        code="circular_smallest_shown",
        text="1",
        place=COUNTY,
        valid_from=date(2026, 11, 1),
        basis="本县示例",
        grade="知",
    )
    paper = signed_in(people().county).get(reverse("print_circular"), {"place": COUNTY})
    assert set(cells_of(paper)) == {"0", "1", "2"}


def line(code: str, **numbers: int) -> CircularLine:
    return CircularLine(code, code, {one.id: 0 for one in FIGURES} | numbers)


def test_what_would_give_a_small_number_away_is_withheld_with_it() -> None:
    lines = [line("a", opened=3), line("b", opened=8), line("c", opened=20)]
    assert withheld_cells(lines, line("", opened=31), 5) == {("a", "opened"), ("b", "opened")}
    both = [line("a", opened=3), line("b", opened=4), line("c", opened=20)]
    assert withheld_cells(both, line("", opened=27), 5) == {("a", "opened"), ("b", "opened")}
    assert withheld_cells([line("a", opened=5)], line("", opened=5), 5) == set()


def test_the_parts_of_a_sum_do_not_give_each_other_away() -> None:
    parts = line("", decided=30, enrolled=28, refused=2)
    assert withheld_cells([], parts, 5) == {("", "enrolled"), ("", "refused")}
    channels = line("", clues=40, clues_department=30, clues_petition=2, clues_cadre_visit=8)
    assert withheld_cells([], channels, 5) == {("", "clues_petition"), ("", "clues_cadre_visit")}


def case(**facts) -> dict:
    row = {
        "kind": "identification",
        "state": "study",
        "due_on": None,
        "closed_on": None,
        "follows_kind": None,
    }
    return row | dict.fromkeys(("opened_on", "approved_on", "refused_on")) | facts


@pytest.mark.parametrize(
    ("figure", "row", "counts"),
    [
        ("enrolled", case(approved_on=date(2026, 11, 1)), True),
        ("enrolled", case(approved_on=date(2026, 10, 31)), False),
        ("enrolled", case(approved_on=LAST, kind="removal"), False),
        ("removed", case(approved_on=LAST, kind="removal"), True),
        ("refused", case(refused_on=LAST, state="closed"), True),
        ("refused", case(refused_on=LAST, state="verify"), False),
        ("decided", case(refused_on=LAST, state="refused"), True),
        ("remarked", case(approved_on=LAST, follows_kind="removal"), True),
        ("remarked", case(approved_on=LAST, follows_kind="identification"), False),
        ("cases_overdue", case(due_on=date(2026, 11, 29)), True),
        ("cases_overdue", case(due_on=LAST), False),
        ("cases_overdue", case(due_on=date(2026, 11, 29), closed_on=LAST), False),
    ],
)
def test_what_each_figure_counts(figure: str, row: dict, counts: bool) -> None:
    found = circular_figure(figure)
    assert found is not None
    assert found.counts(row, Month(LAST)) is counts
