"""The documents say what is there, and the generated ones are current."""

import re
from pathlib import Path

import pytest

from tools import docs
from tools.tree import ROOT, project_files

_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
_DOCUMENTS = [path for path in project_files() if path.suffix == ".md"]


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_readme_names_the_two_commands() -> None:
    readme = _text("README.md")
    assert "make demo" in readme
    assert "make test" in readme


def test_readme_opens_in_english_and_shows_a_picture() -> None:
    opening = _text("README.md").split("## ")[0]
    assert "English in short" in opening
    assert re.search(r"!\[[^\]]+\]\(docs/images/[\w-]+\.png\)", opening)


def test_licence_is_mulan_psl_in_both_languages() -> None:
    licence = _text("LICENSE")
    assert "木兰宽松许可证，第2版" in licence
    assert "Mulan Permissive Software License，Version 2" in licence
    assert "END OF THE TERMS AND CONDITIONS" in licence


@pytest.mark.parametrize("document", _DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_of_documents_lead_somewhere(document: Path) -> None:
    targets = _LINK.findall(document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_testing_policy_stays_short() -> None:
    assert len(_text("TESTING.md").splitlines()) <= 110, "两页纸"


def test_generated_documents_are_current() -> None:
    assert docs.stale_pages() == [], "请执行 make docs"


def test_a_changed_page_is_called_stale(tmp_path: Path) -> None:
    for name, page in docs.PAGES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(page() + "手改的一行\n", encoding="utf-8")
    assert docs.stale_pages(tmp_path) == list(docs.PAGES)


def test_where_is_it_points_at_files() -> None:
    places = re.findall(r"`((?:bangfu|tests|tools|docs)/[^`*]+)`", _text("docs/where-is-it.md"))
    assert len(places) > 20
    assert [place for place in places if not (ROOT / place).exists()] == []
