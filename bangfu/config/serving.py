"""``bangfu serve``: the web application under gunicorn."""

from __future__ import annotations

import multiprocessing
from typing import Any

import duckdb
from django.db import connections
from django.urls import reverse
from gunicorn.app.base import BaseApplication

from bangfu.core.memory import keep_what_is_loaded

DEFAULT_ADDRESS = "127.0.0.1:8000"
_THREADS = 4


class WebServer(BaseApplication):
    """gunicorn with our settings; workers are processes with threads."""

    def __init__(self, address: str, workers: int | None = None) -> None:
        self._wanted = {
            "bind": address,
            "workers": workers or max(2, multiprocessing.cpu_count()),
            "threads": _THREADS,
            "worker_class": "gthread",
            "timeout": 120,
            "graceful_timeout": 10,
            "max_requests": 5000,
            "max_requests_jitter": 500,
            "proc_name": "bangfu",
            "accesslog": None,  # addresses of pages hold search words
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn."""
        for name, value in self._wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application; Django was started before the fork, so that workers share its memory."""
        from bangfu.config.wsgi import application

        reverse("workbench")  # loads the pages now, not at the first request
        keep_what_is_loaded()
        return application

    def run(self) -> None:
        """Serve until somebody says stop; what must not be carried over a fork is closed before it."""
        connections.close_all()
        # duckdb 一导入就自己开着一个连接，带一个线程。线程过不了 fork，子进程收尾时会因此 abort。
        duckdb.close()
        super().run()
