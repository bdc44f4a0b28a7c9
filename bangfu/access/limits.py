"""Limits of sign-in and sessions, each with its reason: settings of the program, not of a county.

Graded protection asks for complexity, failure handling and time-outs without naming numbers; these are common
practice [知], to be checked by whoever assesses the installation.
"""

from __future__ import annotations

from datetime import timedelta

FAILURES_BEFORE_LOCK = 5
"""Wrong sign-ins in a row: enough for a tired person, too few for guessing."""

LOCK_TIME = timedelta(minutes=15)
"""How long a lock lasts: it ends by itself, so that nobody can shut a colleague out for a day."""

FAILURES_OF_AN_ADDRESS = 60
"""Wrong sign-ins from one address within LOCK_TIME: an office behind one address types wrong less often, a
program that tries one password on many accounts more often."""

IDLE_LIMIT = timedelta(minutes=30)
"""Without a request: offices are shared, screens are left open."""

SESSION_LIMIT = timedelta(hours=12)
"""From sign-in: one working day with its evening."""

SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last request is remembered; each time is a write."""

PASSWORDS_KEPT = 5
"""How many former passwords may not be used again."""

FIRST_PASSWORD_LENGTH = 14
"""Of a generated password: about 80 bits, and it still fits a slip of paper."""

REASON_LENGTH = 4
"""The shortest reason for unmasking: 入户核实 has four characters."""
