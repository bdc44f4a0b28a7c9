"""``bangfu serve``: starts, answers, and ends without a trace."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.operations.conftest import Installation


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(address: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_every_worker_ends_in_order(installation: Installation, stop: signal.Signals) -> None:
    """gunicorn reports a worker that ended with anything but 0; native threads must not abort one."""
    port = free_port()
    command = [sys.executable, "-m", "bangfu.cli.main", "serve", "--bind", f"127.0.0.1:{port}"]
    environment = {**os.environ, "BANGFU_HOME": str(installation.home), **installation.environment}
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/health/")
    finally:
        server.send_signal(stop)
        _, said = server.communicate(timeout=60)
    assert (server.returncode, said) == (0, "")
