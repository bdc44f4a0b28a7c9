"""A home folder of its own for every test process, before Django reads its settings (by ``-p``)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_HOME = tempfile.TemporaryDirectory(prefix="bangfu-home-")
os.environ["BANGFU_HOME"] = str(Path(_HOME.name) / "home")
