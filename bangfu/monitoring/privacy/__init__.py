"""The classes of this room's fields. What is left out here fails ``tests/access/test_privacy.py``."""

from bangfu.monitoring.privacy import cases, clues

__all__ = ["cases", "clues"]
