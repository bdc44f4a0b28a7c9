"""Every page that each role can reach: open to everybody, at every width, from this server alone.

A page built of the same parts as one that somebody before came to is not examined again.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.walking import PAGES_AT_MOST, Walk

PEOPLE = (
    "xian zhen cun wangge yibao zuzhi caizheng paichu"
    " bangfu zhucun zuzhang ducha lingdao xitong anquan shenji"
).split()

Walks = Callable[[str], Walk]


@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_keeps_anybody_out(walks: Walks, person: str) -> None:
    """axe-core finds nothing serious or critical."""
    assert "\n".join(walks(person).barriers) == ""


@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_is_wider_than_its_window(walks: Walks, person: str) -> None:
    """390 to 1440 px, in normal and in large type."""
    assert "\n".join(walks(person).too_wide) == ""


@pytest.mark.parametrize("person", PEOPLE)
def test_every_link_leads_to_a_page_without_errors(walks: Walks, person: str) -> None:
    walked = walks(person)
    assert "\n".join(walked.errors) == ""
    assert 3 <= len(walked.pages) < PAGES_AT_MOST, "the walk was cut short"


@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_is_fetched_from_elsewhere(walks: Walks, person: str) -> None:
    assert "\n".join(walks(person).foreign) == ""
