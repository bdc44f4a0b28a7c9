"""What can go wrong around a batch: the disk, the file, the queue."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from bangfu.core.errors import SituationForbids
from bangfu.exchange import actions
from bangfu.exchange.models import BatchState
from bangfu.exchange.policies import check_size
from bangfu.exchange.storage import UPLOAD, disk_checked, folder_of, opened, read
from bangfu.households.models import Household
from tests.cast import NOW, TOWN, make_regions, make_user
from tests.exchange.rosters import csv_bytes, family, file_of, preflighted, silent, upload

pytestmark = pytest.mark.django_db


@contextmanager
def no_room() -> Iterator[None]:
    """Files may not grow: writing fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    except OSError as error:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_said_in_a_sentence() -> None:
    with pytest.raises(SituationForbids, match="磁盘满了"), disk_checked(), no_room():
        (settings.HOME.folder / "full").write_bytes(b"x" * 10_000)


def test_the_upload_lies_sealed() -> None:
    make_regions()
    rows = family("H1", "杨志明")
    batch = upload(rows, make_user("township", TOWN))
    kept = (folder_of(batch.uid) / UPLOAD).read_bytes()
    assert "杨志明".encode() not in kept and rows[0]["证件号码"].encode() not in kept
    assert read(folder_of(batch.uid), UPLOAD) == csv_bytes(rows)


def test_what_is_staged_lies_sealed() -> None:
    make_regions()
    rows = family("H1", "杨志明")
    batch = preflighted(rows, make_user("township", TOWN))
    for path in folder_of(batch.uid).iterdir():
        content = path.read_bytes()
        assert "杨志明".encode() not in content and rows[0]["证件号码"].encode() not in content


def test_an_opened_file_leaves_no_plain_copy() -> None:
    make_regions()
    batch = upload(family("H1", "杨志明"), make_user("township", TOWN))
    with opened(folder_of(batch.uid), UPLOAD) as path:
        assert "杨志明" in path.read_text("utf-8")
        assert [one.name for one in folder_of(batch.uid).iterdir()] == [UPLOAD]
    assert not path.exists()


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"PK\x03\x04broken", "什么也不是".encode()])
def test_a_file_that_cannot_be_read_leaves_a_sentence(content: bytes) -> None:
    make_regions()
    by = make_user("township", TOWN)
    batch = actions.upload_batch(by=by, at=NOW, file_name="坏.xlsx", content=content, place=TOWN)
    actions.run_preflight(batch, by=by, at=NOW, progress=silent)
    assert batch.state == BatchState.FAILED
    assert "没有读入任何行" in batch.error or "重新" in batch.error
    with pytest.raises(SituationForbids, match="还没有预检通过"):
        actions.commit_batch(by=by, at=NOW, batch=batch)


def test_too_large_a_file_is_refused() -> None:
    with pytest.raises(SituationForbids, match=r"文件有 2\.0 兆，超过上限 1 兆"):
        check_size(2 * 1024 * 1024, 1)


def test_a_batch_is_not_worked_on_twice_at_once() -> None:
    make_regions()
    by = make_user("township", TOWN)
    batch = preflighted(family("H1", "杨志明"), by)
    actions.commit_batch(by=by, at=NOW, batch=batch)
    for step in (actions.commit_batch, actions.discard_batch):
        with pytest.raises(SituationForbids, match="正在办理"):
            step(by=by, at=NOW, batch=batch)


def test_a_discarded_batch_leaves_nothing(django_capture_on_commit_callbacks) -> None:
    make_regions()
    by = make_user("township", TOWN)
    batch = preflighted(family("H1", "杨志明"), by)
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_batch(by=by, at=NOW, batch=batch)
    assert not (settings.HOME.uploads / str(batch.uid)).exists()
    assert not Household.objects.exists()


def test_the_whole_path_in_one_go(tmp_path: Path) -> None:
    make_regions()
    path = file_of(family("H1", "杨志明"), tmp_path)
    batch = actions.import_file(path, by=make_user("township", TOWN), at=NOW, place=TOWN)
    assert batch.state == BatchState.COMMITTED and Household.objects.count() == 1
