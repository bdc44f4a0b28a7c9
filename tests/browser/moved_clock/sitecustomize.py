"""A clock that tests can move: any Python process with this folder on its path reads the days it is ahead.

Python imports this module by itself at its start. Nothing of it is part of the application, so no
installation can be told another time than its machine's.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

_AHEAD = Path(os.environ["MOVED_CLOCK"])
_real = timezone.now


def _moved() -> datetime:
    return _real() + timedelta(days=int(_AHEAD.read_text("ascii")))


timezone.now = _moved
