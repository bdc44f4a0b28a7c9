"""The classes of this room's fields. What is left out here fails ``tests/access/test_privacy.py``."""

from bangfu.support.privacy import meetings, reports, supervision, teams, ties, visits

__all__ = ["meetings", "reports", "supervision", "teams", "ties", "visits"]
