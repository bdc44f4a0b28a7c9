"""Synthetic counties with known truth: no real person, ever."""

from bangfu.synthetic.county import Summary, SynthesisError, synthesize

__all__ = ["Summary", "SynthesisError", "synthesize"]
