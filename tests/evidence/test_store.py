"""Content comes back whole or not at all, whatever happens to disk or process."""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.evidence.store import EvidenceLost, get, put


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(min_size=1, max_size=5_000))
def test_what_is_put_comes_back(folder, content) -> None:
    digest = put(folder, content)
    assert digest == hashlib.sha256(content).hexdigest()
    assert get(folder, digest) == content


def test_equal_content_is_kept_once(folder) -> None:
    assert put(folder, b"paper") == put(folder, b"paper")
    assert len(files(folder)) == 1


def test_the_disk_holds_no_plain_content_and_only_the_owner_reads_it(folder) -> None:
    put(folder, b"the household's income worksheet, signed")
    (path,) = files(folder)
    assert b"worksheet" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_missing_file_is_said(folder) -> None:
    with pytest.raises(EvidenceLost, match="不在磁盘上"):
        get(folder, "0" * 64)


def test_a_damaged_file_is_said_and_never_given(folder) -> None:
    digest = put(folder, b"paper")
    (path,) = files(folder)
    sealed = bytearray(path.read_bytes())
    sealed[-1] ^= 1
    path.write_bytes(sealed)
    with pytest.raises(EvidenceLost, match="损坏"):
        get(folder, digest)


def test_an_exchanged_file_is_said_and_never_given(folder) -> None:
    first, second = put(folder, b"first paper"), put(folder, b"second paper")
    (folder / first[:2] / first).write_bytes((folder / second[:2] / second).read_bytes())
    with pytest.raises(EvidenceLost, match="不符"):
        get(folder, first)


def test_bringing_the_content_again_mends_a_damaged_file(folder) -> None:
    digest = put(folder, b"paper")
    files(folder)[0].write_bytes(b"v1:rubbish")
    put(folder, b"paper")
    assert get(folder, digest) == b"paper"


def test_a_full_disk_is_said_and_leaves_nothing(folder) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(EvidenceLost, match="没有存上"):
            put(folder, os.urandom(50_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files(folder) == []


_WRITER = """
import os, sys
from pathlib import Path
import django
django.setup()
from bangfu.evidence.store import put
print("ready", flush=True)
while True:
    put(Path(sys.argv[1]), os.urandom(300_000))
"""


def test_a_killed_writer_leaves_no_torn_file_under_a_final_name(home_folder, folder) -> None:
    environment = {**os.environ, "BANGFU_HOME": str(home_folder)}  # its keys
    for round_number in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(folder)], stdout=subprocess.PIPE, env=environment
        )
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(0.05 + 0.013 * round_number)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    final = [path for path in files(folder) if not path.name.startswith(".")]
    assert final, "the writers wrote something before they died"
    for path in final:
        assert hashlib.sha256(get(folder, path.name)).hexdigest() == path.name
