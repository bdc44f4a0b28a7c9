"""Loads the built-in catalogue, and a user's parameter file over it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from bangfu.screening.catalogue.datasets import load_datasets
from bangfu.screening.catalogue.indicators import read_indicators
from bangfu.screening.catalogue.model import Catalogue, CatalogueError, Indicator, Parameter, Rule
from bangfu.screening.catalogue.parameters import read_parameters
from bangfu.screening.catalogue.rules import read_rule
from bangfu.screening.catalogue.yamlfile import Document, read_file, read_text

_Entry = TypeVar("_Entry")
_FOLDERS = ("parameters", "indicators", "rules", "datasets")  # each may name what stands in an earlier one


def load_catalogue(params: Path | None = None) -> Catalogue:
    """The built-in catalogue, with the dated values of ``params`` looked up before the built-in ones.

    Raises CatalogueError, one Chinese line a problem with file and line, if something cannot be used.
    """
    catalogue = _built_in()
    if params is None:
        return catalogue
    document = read_file(params)
    overrides = read_parameters(document, catalogue.parameters)
    document.raise_problems()
    digest = hashlib.sha256(repr(document.content).encode()).hexdigest()[:8]
    return replace(catalogue, overrides=overrides, version=f"{catalogue.version}+params.{digest}")


@lru_cache(maxsize=1)
def _built_in() -> Catalogue:
    root = resources.files(__package__)
    files = [(f"{folder}/{name}", text) for folder in _FOLDERS for name, text in _yaml_files(root / folder)]
    release = read_text((root / "release.yaml").read_text(encoding="utf-8"), "release.yaml").content
    parameters: dict[str, Parameter] = {}
    indicators: dict[str, Indicator] = {}
    rules: dict[str, Rule] = {}
    datasets = load_datasets()
    for name, text in files:
        document = read_text(text, name)
        if name.startswith("parameters/"):
            _add(parameters, read_parameters(document), document)
        elif name.startswith("indicators/"):
            _add(indicators, read_indicators(document, datasets, parameters), document)
        elif name.startswith("rules/"):
            rule = read_rule(document, parameters)
            _add(rules, {rule.id: rule}, document)
        document.raise_problems()
    return Catalogue(
        version=f"{release['release']}+{_digest(files)}",
        datasets=datasets,
        parameters=parameters,
        indicators=indicators,
        rules=_in_order(rules, release["rules"]),
    )


def _add(known: dict[str, _Entry], found: Mapping[str, _Entry], document: Document) -> None:
    for name, entry in found.items():
        if name in known:
            document.problems.append(f"{document.file}:1: {name} 在别的文件里已有。")
        known[name] = entry


def _yaml_files(folder: Traversable) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            yield file.name, file.read_text(encoding="utf-8")


def _digest(files: list[tuple[str, str]]) -> str:
    content = hashlib.sha256()
    for name, text in files:
        content.update(f"{name}\0{text}\0".encode())
    return content.hexdigest()[:8]


def _in_order(rules: Mapping[str, Rule], order: list[str]) -> dict[str, Rule]:
    """Rules in the order of the release file, which must name each of them once."""
    if sorted(rules) != sorted(order):
        odd = sorted(set(rules) ^ set(order))
        raise CatalogueError(f"release.yaml:1: rules 与规则文件不一致：{'、'.join(odd)}。")
    return {rule_id: rules[rule_id] for rule_id in order}
