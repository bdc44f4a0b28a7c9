"""Really killing the command, many times: the old or the new files remain, never half of one. C-185."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from bangfu.synthetic.county import synthesize

pytestmark = pytest.mark.slow
KILLS = 40


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("县")
    synthesize(households=200, seed=11, out=folder / "名单")
    return folder


def command(county: Path, as_of: str) -> list[str]:
    arguments = ["screen", str(county / "名单"), "--as-of", as_of, "--out", str(county / "线索.xlsx")]
    arguments += ["--json", str(county / "结果.json"), "--receipts", str(county / "回执")]
    return [sys.executable, "-m", "bangfu.cli.main", *arguments]


def _until_written(file: Path, running: subprocess.Popen[bytes]) -> None:
    before = file.stat().st_ino
    while file.stat().st_ino == before and running.poll() is None:
        time.sleep(0.002)


def test_a_kill_at_any_moment_leaves_whole_files(county: Path) -> None:
    start = time.monotonic()
    subprocess.run(command(county, "2026-09-30"), check=False, capture_output=True)
    whole_run = time.monotonic() - start
    chance = random.Random(5)
    seen = set()
    for attempt in range(KILLS):
        as_of = "2026-10-31" if attempt % 2 else "2026-09-30"
        running = subprocess.Popen(
            command(county, as_of), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if attempt % 5 == 4:  # the moment after the new file is in place
            _until_written(county / "结果.json", running)
        else:  # most kills fall into the last third, where files are written
            time.sleep(chance.uniform(whole_run * (0.6 if attempt % 3 else 0), whole_run * 1.1))
        running.send_signal(signal.SIGKILL)
        running.wait()
        book = openpyxl.load_workbook(county / "线索.xlsx", read_only=True)
        assert book.sheetnames[0] == "汇总"
        book.close()
        result = json.loads((county / "结果.json").read_text(encoding="utf-8"))
        assert result["format"] == 1
        seen.add(result["as_of"])
        for receipt in (county / "回执").rglob("*-回执.xlsx"):
            openpyxl.load_workbook(receipt, read_only=True).close()
    assert seen == {"2026-09-30", "2026-10-31"}, "some kills must fall after the new file was in place"


def test_what_a_kill_left_behind_does_not_disturb_the_next_run(county: Path) -> None:
    done = subprocess.run(command(county, "2026-10-31"), capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    truth = json.loads((county / "名单" / "truth.json").read_text(encoding="utf-8"))
    result = json.loads((county / "结果.json").read_text(encoding="utf-8"))
    assert {(f["rule"], f["household"], f["member"]) for f in result["findings"]} == {
        (f["rule"], f["household"], f["member"]) for f in truth["findings"]
    }
