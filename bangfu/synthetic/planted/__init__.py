"""Planted households: each holds one case of the contract, so that no county is without it."""

from bangfu.synthetic.planted import bills, lists, people, rows
from bangfu.synthetic.planted.common import Case

RULE_CASES: tuple[Case, ...] = bills.CASES + lists.CASES + people.CASES
#: What only dirty files have.
ROW_CASES: tuple[Case, ...] = rows.CASES
