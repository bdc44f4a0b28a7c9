"""The few households over which these tests list and count."""

from tests.few_households import households

__all__ = ["households"]
