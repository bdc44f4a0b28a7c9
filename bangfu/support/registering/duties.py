"""What this room tells the room of duties besides sources and matchers: its templates."""

from __future__ import annotations

from pathlib import Path

_ROOM = Path(__file__).parents[1]


def register_support_duties() -> None:
    """The shipped duties; called when the application starts."""
    from bangfu.duties.registry import register_duties

    register_duties(_ROOM / "duties.yaml")
