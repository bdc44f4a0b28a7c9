"""A hook for the county's own virus scanner: ``[evidence] scanner`` in bangfu.toml is a command.

The command reads the file from standard input, ends with 0 for a clean and with 1 for an infected one (as
``clamdscan -`` does). Without the setting nothing is scanned.
"""

from __future__ import annotations

import shlex
import subprocess

from django.conf import settings

from bangfu.core.errors import SituationForbids

_SECONDS = 60
_CLEAN, _INFECTED = 0, 1


def scan(content: bytes) -> None:
    """Raise SituationForbids for an infected file, and when the scanner did not do its work."""
    command = settings.HOME.settings.get("evidence", {}).get("scanner", "")
    if not command:
        return
    result = _run(command, content)
    if result == _INFECTED:
        raise SituationForbids("扫描程序说这个文件有病毒，没有收下。请清理电脑后再传。")
    if result != _CLEAN:
        raise SituationForbids("病毒扫描程序没有运行成功，文件没有收下。请稍后再传，或告诉系统管理员。")


def _run(command: str, content: bytes) -> int | None:
    """The exit code, or None when the command did not run or did not end in time."""
    try:
        finished = subprocess.run(
            shlex.split(command), input=content, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return finished.returncode
