"""``bangfu worker``: schedule and jobs until somebody says stop."""

from __future__ import annotations

import signal
import threading

from bangfu.core.worker import run_forever


def work_until_stopped() -> None:
    """Run jobs until SIGTERM or Ctrl+C; a running job is finished first, a killed one is taken over."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    run_forever(stop)
