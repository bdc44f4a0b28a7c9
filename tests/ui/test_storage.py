"""Static files: plain names before they are collected, fingerprints afterwards, never an error for a page."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from bangfu.ui.storage import Static
from tools.tree import ROOT

VENDOR = ROOT / "bangfu/ui/static/ui/vendor"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Static]:
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, INSTALLED_APPS=["django.contrib.staticfiles", "bangfu.ui"]):
        finders.get_finder.cache_clear()
        call_command("collectstatic", interactive=False, verbosity=0)
        yield Static(location=folder, base_url="/static/")
    finders.get_finder.cache_clear()


def test_before_collecting_a_file_keeps_its_name(tmp_path: Path) -> None:
    assert Static(location=tmp_path, base_url="/static/").url("ui/theme.css") == "/static/ui/theme.css"


def test_collected_files_carry_a_fingerprint_and_are_compressed(collected: Static) -> None:
    address = collected.url("ui/theme.css")
    assert address.startswith("/static/ui/theme.") and address != "/static/ui/theme.css"
    assert collected.exists(f"{address.removeprefix('/static/')}.gz")


def test_a_file_nobody_collected_costs_no_page(collected: Static) -> None:
    assert collected.url("ui/gone.png") == "/static/ui/gone.png"


def test_every_vendored_file_is_listed_with_its_fingerprint() -> None:
    listed = (VENDOR / "VENDOR.md").read_text(encoding="utf-8")
    files = [path for path in VENDOR.iterdir() if path.suffix in {".css", ".js"}]
    assert files
    for path in files:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert f"| `{path.name}` | `{digest}` |" in listed


def test_vendored_files_point_at_no_file_that_is_not_there() -> None:
    for path in VENDOR.glob("*.min.*"):
        assert "sourceMappingURL" not in path.read_text(encoding="utf-8")
