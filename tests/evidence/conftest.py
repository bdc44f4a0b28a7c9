"""A folder for evidence of each test's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest


@pytest.fixture
def home_folder(settings) -> Path:
    """The folder with the keys of this test run."""
    return settings.HOME.folder


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    """The home's evidence folder, empty."""
    settings.HOME = replace(settings.HOME, folder=tmp_path)
    return settings.HOME.evidence
