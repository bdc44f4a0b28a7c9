"""The classes of this room's fields. What is left out here fails ``tests/access/test_privacy.py``."""

from bangfu.projects.privacy import admission, contracts, records

__all__ = ["admission", "contracts", "records"]
