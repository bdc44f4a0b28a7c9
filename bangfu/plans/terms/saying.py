"""How a step's time is said, and typed."""

from __future__ import annotations

from bangfu.plans.enums import StepRhythm
from bangfu.plans.terms.facts import StepFacts


def when_text(step: StepFacts) -> str:
    """When a step is due, as one types it."""
    if step.rhythm == StepRhythm.EVERY:
        return f"每周{step.times}次" if step.every == 0 else f"每{step.every}个月{step.times}次"
    if step.starts_on and step.due_on:
        return f"{step.starts_on}至{step.due_on}"
    return f"{step.due_on}" if step.due_on else "不定期"
