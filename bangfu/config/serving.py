"""``bangfu serve``: the web application under gunicorn."""

from __future__ import annotations

import multiprocessing
from typing import Any

from gunicorn.app.base import BaseApplication

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
        """The application, imported in the master so that workers share its memory."""
        from bangfu.config.wsgi import application

        return application
