"""``bangfu upgrade``, ``serve``, ``worker``, ``backup``, ``restore`` as an administrator meets them."""

from __future__ import annotations

import stat
from pathlib import Path

from tests.operations.conftest import Installation

PASSPHRASE = {"BANGFU_PASSPHRASE": "演示用的口令-2026"}

ADD = """
from datetime import UTC, datetime
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
with recording(by=SYSTEM, at=datetime(2026, 11, 22, tzinfo=UTC), verb="add_region"):
    Region.objects.create(code="53", name="演示省", level=1)
"""
COUNT = """
from bangfu.core.models import Change, Region
print(Region.objects.get().name, Change.objects.count())
"""


def files_of(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_new_installation_keeps_its_secrets_to_itself(installation: Installation) -> None:
    secrets = installation.home / "secrets.toml"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert stat.S_IMODE(installation.home.stat().st_mode) == 0o700


def test_upgrading_again_changes_nothing(installation: Installation) -> None:
    done = installation.run("upgrade")
    assert done.returncode == 0
    assert "改动 0 处" in done.stdout
    assert "backups" not in files_of(installation.home)


def test_nothing_is_served_before_the_upgrade(empty: Installation) -> None:
    for command in ("serve", "worker"):
        done = empty.run(command)
        assert done.returncode == 2
        assert "bangfu upgrade" in done.stderr


def test_settings_that_cannot_be_read_are_named(empty: Installation) -> None:
    empty.home.mkdir()
    (empty.home / "bangfu.toml").write_text("[web\nhosts = 1", "utf-8")
    done = empty.run("upgrade")
    assert done.returncode == 2
    assert "bangfu.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_lost_keys_are_not_made_anew(installation: Installation) -> None:
    (installation.home / "secrets.toml").write_text('session_key = "ab"\n', "utf-8")
    done = installation.run("upgrade")
    assert done.returncode == 2
    assert "从备份恢复" in done.stderr


def test_a_backup_comes_back(
    installation: Installation, tmp_path: Path, other_database: dict[str, str]
) -> None:
    installation.python(ADD)
    (installation.home / "lake").mkdir(exist_ok=True)
    (installation.home / "lake" / "one.parquet").write_bytes(b"lake")
    file = tmp_path / "2026.bangfu"
    done = installation.run("backup", file, **PASSPHRASE)
    assert done.returncode == 0, done.stderr
    assert "演示省".encode() not in file.read_bytes()
    restored = Installation(tmp_path / "restored", other_database)
    done = restored.run("restore", file, **PASSPHRASE)
    assert done.returncode == 0, done.stderr
    assert restored.python(COUNT) == "演示省 1"
    assert (restored.home / "lake" / "one.parquet").read_bytes() == b"lake"
    assert (restored.home / "secrets.toml").read_text() == (installation.home / "secrets.toml").read_text()


def test_a_restored_database_still_refuses_unrecorded_writes(
    installation: Installation, tmp_path: Path, other_database: dict[str, str]
) -> None:
    installation.python(ADD)
    file = tmp_path / "2026.bangfu"
    installation.run("backup", file, **PASSPHRASE)
    restored = Installation(tmp_path / "restored", other_database)
    restored.run("restore", file, **PASSPHRASE)
    raw = """
from django.db import DatabaseError, connection
try:
    connection.cursor().execute("UPDATE core_region SET name = 'x'")
except DatabaseError as error:
    print("refused" if "unrecorded write" in str(error) else error)
"""
    assert restored.python(raw) == "refused"


def test_evidence_may_stay_out(installation: Installation, tmp_path: Path) -> None:
    (installation.home / "evidence").mkdir()
    (installation.home / "evidence" / "paper").write_bytes(b"x" * 200_000)
    with_it, without = tmp_path / "a.bangfu", tmp_path / "b.bangfu"
    installation.run("backup", with_it, **PASSPHRASE)
    done = installation.run("backup", without, "--without-evidence", **PASSPHRASE)
    assert "不含凭证" in done.stdout
    assert installation.run("restore", without, BANGFU_HOME=str(tmp_path / "r"), **PASSPHRASE).returncode in (
        0,
        2,
    )
    assert not (tmp_path / "r" / "evidence" / "paper").exists()


def test_restore_refuses_a_used_folder(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "2026.bangfu"
    installation.run("backup", file, **PASSPHRASE)
    done = installation.run("restore", file, **PASSPHRASE)
    assert done.returncode == 2
    assert "不是空的" in done.stderr


def test_restore_refuses_a_wrong_passphrase_and_leaves_nothing(
    installation: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "2026.bangfu"
    installation.run("backup", file, **PASSPHRASE)
    target = tmp_path / "restored"
    done = installation.run("restore", file, BANGFU_HOME=str(target), BANGFU_PASSPHRASE="另一个口令-2026")
    assert done.returncode == 2
    assert "口令不对" in done.stderr
    assert not target.exists()
    assert files_of(tmp_path) == {"home", "2026.bangfu"}


def test_a_backup_is_not_overwritten_and_needs_a_real_passphrase(
    installation: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "2026.bangfu"
    file.write_bytes(b"precious")
    assert "没有覆盖" in installation.run("backup", file, **PASSPHRASE).stderr
    assert file.read_bytes() == b"precious"
    short = installation.run("backup", tmp_path / "b.bangfu", BANGFU_PASSPHRASE="short")
    assert short.returncode == 2
    assert "口令太短" in short.stderr
