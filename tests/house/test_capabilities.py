"""docs/capabilities.md is made from the marks in code, tests and documents."""

from pathlib import Path

import pytest

from tools.capabilities import TITLES, UnknownCapabilityError, find_marks, page, read_capabilities
from tools.tree import ROOT

_LIST = "number\tgroup\tsource\tquote\tmust\n" + "\n".join(
    ["C-901\tA 甲\tS1\t引一\t做一件事", "C-902\tA 甲\tS2\t引二\t做两件事", "C-903\tB 乙\tS2\t引三\t做三件事"]
)


def _small_project(root: Path, **files: str) -> Path:
    (root / TITLES).parent.mkdir(parents=True)
    (root / TITLES).write_text(_LIST + "\n", encoding="utf-8")
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_a_capability_shows_where_it_works_and_its_test(tmp_path: Path) -> None:
    root = _small_project(tmp_path, bangfu__a_dot_py="# C-901", tests__test_a_dot_py="# C-901, C-902")
    rows = [line for line in page(root).splitlines() if line.startswith("| C-")]
    assert rows == [
        "| C-901 | S1 | 引一 | 做一件事 | [bangfu/a.py](../bangfu/a.py) "
        "| [tests/test_a.py](../tests/test_a.py) |",
        "| C-902 | S2 | 引二 | 做两件事 | — | [tests/test_a.py](../tests/test_a.py) |",
    ]
    assert "- C-903 做三件事（B 乙）" in page(root)


def test_marks_in_yaml_and_documents_count_as_places(tmp_path: Path) -> None:
    root = _small_project(tmp_path, bangfu__r_dot_yaml="id: r  # C-903", docs__guide_dot_md="C-903")
    places = find_marks(root)["C-903"]
    assert (places.works, places.documents, places.tests) == (["bangfu/r.yaml"], ["docs/guide.md"], [])


def test_a_number_that_no_capability_has_is_refused(tmp_path: Path) -> None:
    root = _small_project(tmp_path, bangfu__a_dot_py="# C-999")
    with pytest.raises(UnknownCapabilityError, match=r"bangfu/a\.py 写着 C-999"):
        page(root)


def test_the_list_is_whole() -> None:
    capabilities = read_capabilities()
    assert len(capabilities) == 234
    assert len({capability.number for capability in capabilities}) == 234
    assert all(capability.must and capability.quote for capability in capabilities)


def test_what_works_has_a_test() -> None:
    untested = {number: places.works for number, places in find_marks(ROOT).items() if not places.tests}
    assert untested == {}, "代码里有标记的能力,测试里也要有"
