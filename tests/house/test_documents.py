"""The documents say what is there, and the generated ones are current."""

import re
from pathlib import Path

import pytest

from tools import docs, where
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


def test_where_is_it_names_a_test_for_every_step() -> None:
    rows = [line for line in _text(where.PAGE).splitlines() if line.startswith("| ") and "`" in line]
    assert len(rows) > 20
    assert [row for row in rows if row.endswith("| — |")] == []


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "docs" / "data").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    table = "stage\tlook_for\tcommand\tfiles\ttests\n一\t读\tbangfu\tbangfu/gone.py\t\n"
    (tmp_path / where.TABLE).write_text(table, encoding="utf-8")
    with pytest.raises(where.LostFileError, match=r"bangfu/gone\.py 不在了"):
        where.page(tmp_path)
