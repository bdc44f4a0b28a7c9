"""Every dataset and every noun of a model's name stands in GLOSSARY.md."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from bangfu.screening.catalogue.datasets import load_datasets
from tools.tree import ROOT, project_files

_GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
_MODEL_BASES = {"Enum", "StrEnum", "IntEnum", "NamedTuple"}
_TABLE_BASES = {
    "models.Model",
    "TrackedModel",
    "AbstractBaseUser",
    "models.TextChoices",
    "models.IntegerChoices",
}
_APPLICATION = (
    "core",
    "access",
    "evidence",
    "notices",
    "workflow",
    "metrics",
    "ledgers",
    "exchange",
    "households",
)


def _bases(node: ast.ClassDef) -> set[str]:
    return {ast.unparse(base) for base in node.bases}


def _is_table(node: ast.ClassDef) -> bool:
    return bool(_bases(node) & _TABLE_BASES)


def _is_model(node: ast.ClassDef) -> bool:
    decorators = {ast.unparse(decorator).split("(")[0] for decorator in node.decorator_list}
    return "dataclass" in decorators or bool(_bases(node) & _MODEL_BASES)


def _classes(room: str, wanted: Callable[[ast.ClassDef], bool]) -> Iterator[str]:
    for path in project_files(ROOT / "bangfu" / room):
        if path.suffix == ".py":
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and wanted(node) and not node.name.startswith("_"):
                    yield node.name


def _models() -> Iterator[str]:
    yield from _classes("screening", _is_model)
    for room in _APPLICATION:
        yield from _classes(room, _is_table)


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z][a-z]+", name)]


def _terms() -> set[str]:
    """Every word of the identifiers, and of the class names in the notes."""
    found: set[str] = set()
    for line in _GLOSSARY.splitlines():
        if line.startswith("| "):
            _, identifier, note = (cell.strip() for cell in line.strip("|\n").split("|")[:3])
            found |= {word.lower() for word in re.findall(r"[A-Za-z]+", identifier)}
            found |= {word for name in re.findall(r"`(\w+)`", identifier + note) for word in _words(name)}
    return found


def _stands(word: str, terms: set[str]) -> bool:
    return word in terms or word.removesuffix("s") in terms


@pytest.mark.parametrize("dataset", load_datasets().values(), ids=lambda dataset: dataset.id)
def test_each_dataset_stands_in_the_glossary(dataset) -> None:
    assert f"| {dataset.title} | {dataset.id} |" in _GLOSSARY


def test_each_noun_of_a_model_stands_in_the_glossary() -> None:
    terms = _terms()
    missing = {
        name: lost for name in _models() if (lost := [w for w in _words(name) if not _stands(w, terms)])
    }
    assert missing == {}, "请在 GLOSSARY.md 里添一行"
