"""``bench users``: many people at once on the real web server, each a session of their own.

gunicorn runs as ``bangfu serve`` does, on this machine only; every user opens ledger and search in turn,
without a pause. The baseline is the same server with one user.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from itertools import cycle
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from bangfu.bench.installation import throw_away_installation
from bangfu.bench.measure import BenchError, result

LONGEST_S = 120
_START_S = 30


@dataclass
class Answers:
    """What one user got: milliseconds of each page, and what went wrong."""

    milliseconds: list[float]
    errors: list[str]


def bench_users(households: int, users: int = 50, seconds: int = 20) -> dict[str, object]:
    """Errors, pages a second and milliseconds (median, p95) with ``users`` at once, beside one user alone."""
    if not 0 < seconds <= LONGEST_S:
        raise BenchError(f"测量时间要在 1 与 {LONGEST_S} 秒之间。")
    with throw_away_installation() as vendor:
        from bangfu.bench.filling import fill

        fill(households)
        cookies, paths = _sessions(users), _paths()
        with _server() as root:
            alone = _ask_all(root, cookies[:1], paths, max(3, seconds // 4))
            together = _ask_all(root, cookies, paths, seconds)
    figures: dict[str, Any] = {
        "households": households,
        "users": users,
        "seconds": seconds,
        "database": vendor,
    }
    figures |= {f"alone_{name}": value for name, value in _summary(alone, max(3, seconds // 4)).items()}
    figures |= _summary(together, seconds)
    ratios = {"rate_to_alone": round(figures["pages_a_second"] / figures["alone_pages_a_second"], 2)}
    return result("users", figures, ratios)


def _sessions(count: int) -> list[str]:
    """Session cookies of ``count`` people of the townships."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from bangfu.access.models import RoleAssignment, User
    from bangfu.bench.filling import COUNTY, TOWNSHIPS

    cookies = []
    for number in range(count):
        now, place = timezone.now(), f"{COUNTY}1{1 + number % TOWNSHIPS:02d}"
        user = User.objects.create(
            username=f"user{number}",
            name="测量员",
            must_change_password=False,
            password_changed_at=now,
            created_at=now,
        )
        RoleAssignment.objects.create(
            user=user, role="township", place=place, valid_from=timezone.localdate(), granted_at=now
        )
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(user)
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
    return cookies


def _paths() -> list[str]:
    from django.urls import reverse

    ledger, find = reverse("household_list"), reverse("find")
    return [
        ledger,
        f"{find}?q=yzm",
        f"{ledger}?f_household_type=registered",
        f"{find}?q=李",
        f"{ledger}?page=2",
    ]


@contextmanager
def _server() -> Iterator[str]:
    """``bangfu serve`` on a free port of this machine; yields its address, ends it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "bangfu.cli.main", "serve", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ))
    try:
        _wait(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait(root: str) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        try:
            urlopen(f"{root}/health/", timeout=2).read()
            return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise BenchError("网页服务没有起来，没有数字。")


def _ask_all(root: str, cookies: list[str], paths: list[str], seconds: int) -> list[Answers]:
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(cookies)) as pool:
        return list(pool.map(lambda cookie: _ask(root, cookie, paths, until), cookies))


def _ask(root: str, cookie: str, paths: list[str], until: float) -> Answers:
    answers = Answers([], [])
    for path in cycle(paths):
        if time.monotonic() >= until:
            return answers
        start = time.perf_counter()
        try:
            request = Request(root + quote(path, safe="/?&="), headers={"Cookie": cookie})
            with urlopen(request, timeout=60) as response:
                response.read()
                if "login" in response.url:
                    answers.errors.append("signed out")
        except (URLError, HTTPException, OSError) as error:
            answers.errors.append(type(error).__name__)
        answers.milliseconds.append(1000 * (time.perf_counter() - start))
    return answers


def _summary(answers: list[Answers], seconds: int) -> dict[str, Any]:
    times = [spent for one in answers for spent in one.milliseconds]
    return {
        "errors": sum(len(one.errors) for one in answers),
        "pages": len(times),
        "pages_a_second": round(len(times) / seconds, 1),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 1),
    }
