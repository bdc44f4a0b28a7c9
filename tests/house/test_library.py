"""Every example of docs/library.md runs as it stands and prints what the page says. C-185"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.tree import ROOT

_PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
_EXAMPLES = re.findall(r"^## (.+?)$.*?^```python\n(.*?)^```\n\n```text\n(.*?)^```", _PAGE, flags=re.M | re.S)


def test_every_example_says_what_it_prints() -> None:
    assert len(_EXAMPLES) == _PAGE.count("```python") >= 4


@pytest.mark.parametrize(("code", "printed"), [e[1:] for e in _EXAMPLES], ids=[e[0] for e in _EXAMPLES])
def test_example_prints_what_the_page_says(code: str, printed: str, folder: Path) -> None:
    (folder / "example.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "example.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    assert done.stderr == ""
    assert done.stdout == printed
