"""``bangfu demo``: an installation of its own with a made-up county, served on this machine only."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from bangfu.config.home import DEMO_FILE, HomeError
from bangfu.config.starting import start_django

SEED, AS_OF = 7, date(2026, 10, 31)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Demo:
    """Where a demo's installation lies, the made-up lists that one may import, and our hold on both."""

    home: Path
    lists: Path
    claim: TextIO


def prepare(folder: Path, households: int, *, fresh: bool, progress: Progress) -> Demo:
    """The demo in ``folder``, built when it is not there or was left half-built; Django is started for it.

    Raises HomeError when ``folder`` holds an installation that is not a demo, or one that is running.
    """
    folder = folder.absolute()
    demo = Demo(folder / "home", folder / "lists", _claim(folder))
    mark = demo.home / DEMO_FILE
    if demo.home.exists() and any(demo.home.iterdir()) and not mark.exists():
        raise HomeError(f"{demo.home} 里不是演示的数据，没有动它。请用 --folder 另指一个文件夹。")
    built = mark.exists() and "built = true" in mark.read_text("utf-8")
    if fresh or not built:
        _discard(demo.home)
    os.environ["BANGFU_HOME"] = str(demo.home)
    os.environ.pop("BANGFU_DATABASE", None)
    demo.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not mark.exists():
        mark.write_text("# 演示的数据，全是虚构\nbuilt = false\n", "utf-8")
    _build(demo, households, progress)
    return demo


def _claim(folder: Path) -> TextIO:
    """Hold the folder as long as this process or a child of it lives; then the system lets go of it."""
    folder.mkdir(parents=True, exist_ok=True)
    claim = (folder / ".claim").open("w")
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        claim.close()
        raise HomeError(
            f"{folder} 里的演示正在另一个窗口里运行，没有动它。"
            "请先在那个窗口按 Ctrl+C 停止，或用 --folder 另指一个文件夹。"
        ) from error
    return claim


def _discard(home: Path) -> None:
    """Delete an installation; killed half-way, what is left no longer lies where an installation would."""
    aside = home.with_name(".discarded")
    shutil.rmtree(aside, ignore_errors=True)
    if home.exists():
        home.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)


def _build(demo: Demo, households: int, progress: Progress) -> None:
    """Migrate, and fill a new installation; one of an older version is upgraded, its data kept."""
    from django.utils import timezone

    home = start_django()
    from bangfu.config.upgrading import upgrade
    from bangfu.demo.building import build
    from bangfu.synthetic import synthesize

    mark = demo.home / DEMO_FILE
    upgrade(home, at=timezone.now())
    if "built = true" in mark.read_text("utf-8"):
        return
    shutil.rmtree(demo.lists, ignore_errors=True)
    synthesize(
        households=households,
        seed=SEED,
        out=demo.lists,
        as_of=AS_OF,
        dirty=True,
        progress=lambda done, total: progress("make", done, total),
    )
    build(demo.lists, at=timezone.now(), progress=progress)
    mark.write_text("# 演示的数据，全是虚构\nbuilt = true\n", "utf-8")


def serve(demo: Demo, port: int) -> int:
    """Serve the demo until Ctrl+C, with a worker beside it; both end together."""
    from django.utils import timezone

    from bangfu.config.serving import WebServer
    from bangfu.demo.people import renew_passwords

    _refuse_taken(port)
    print(_welcome(demo, port, renew_passwords(at=timezone.now())), flush=True)
    worker = subprocess.Popen([sys.executable, "-m", "bangfu.cli.main", "worker"], stdout=subprocess.DEVNULL)
    try:
        WebServer(f"127.0.0.1:{port}", workers=2).run()
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait()
    return 0


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise HomeError(f"端口 {port} 已被占用。请用 --port 换一个，例如 --port {port + 1}。") from error


def _welcome(demo: Demo, port: int, accounts: list[tuple[str, str, str]]) -> str:
    rows = [f"  {username:<16}{password:<18}{post}" for username, password, post in accounts]
    return "\n".join(
        (
            "",
            f"打开浏览器：http://127.0.0.1:{port}/",
            "",
            "  登录名          口令（每次启动都换）岗位",
            *rows,
            "",
            f"名册和部门名单在 {demo.lists}，可以试着导入。全是虚构的人和户。",
            "按 Ctrl+C 停止；再运行一次，做过的改动都在。",
        )
    )
