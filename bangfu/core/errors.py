"""Errors whose message is a Chinese sentence for the person at the screen."""

from __future__ import annotations


class BangfuError(Exception):
    """Something the person can act on: what happened, what was kept, what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotPermitted(BangfuError):
    """The person lacks the permission, or has it elsewhere."""


class SituationForbids(BangfuError):
    """The permission is there, the situation does not allow the step; the reason is the tooltip."""


class StaleVersion(BangfuError):
    """Somebody else changed the object in between; what was typed is kept by the caller."""


class Unrecorded(Exception):
    """A defect: something wrote a tracked row outside ``recording``."""
