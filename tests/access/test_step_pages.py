"""The page of one step: what is shown, what is kept on a refusal, where it leads."""

from typing import Any

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory

from bangfu.access.steps import Step, step_from, step_page
from bangfu.core.errors import SituationForbids

CRUMBS = [{"label": "清单", "url": "/list/"}, {"label": "这一件", "url": "/list/one/"}]


class _Reason(forms.Form):
    reason = forms.CharField(label="原因")


def _answered(
    act: Any, typed: dict[str, str] | None = None, then: Any = None
) -> tuple[HttpResponse, list[str]]:
    factory = RequestFactory()
    request = factory.get("/step/") if typed is None else factory.post("/step/", typed)
    request._messages = CookieStorage(request)
    form = _Reason(typed)
    answer = step_page(request, _step(), form, act, then)
    return answer, [str(each) for each in get_messages(request)]


def _step() -> Step:
    return step_from(CRUMBS, "作废", "作废以后留在清单里。", "确定作废", "已作废。")


def _refused(values: dict[str, Any]) -> None:
    raise SituationForbids("已经作废了。")


def test_a_step_returns_to_the_page_it_began_on() -> None:
    assert (_step().back, _step().crumbs[-1]) == ("/list/one/", {"label": "作废", "url": ""})


def test_the_page_asks_before_anything_is_done() -> None:
    done = []
    answer, said = _answered(done.append)
    page = answer.content.decode()
    assert all(words in page for words in ("作废以后留在清单里。", "确定作废", "/list/one/"))
    assert (done, said) == ([], [])


def test_what_was_done_is_said_on_the_page_it_began_on() -> None:
    answer, said = _answered(lambda values: values["reason"], {"reason": "重复"})
    assert (answer.status_code, answer.headers["Location"], said) == (302, "/list/one/", ["已作废。"])


def test_the_result_may_say_where_to_go() -> None:
    answer, said = _answered(
        lambda values: values["reason"], {"reason": "重复"}, lambda made: (f"因为{made}", "/next/")
    )
    assert (answer.headers["Location"], said) == ("/next/", ["因为重复"])


@pytest.mark.parametrize("typed", [{"reason": ""}, {"reason": "重复登记了"}])
def test_a_refusal_keeps_what_was_typed(typed: dict[str, str]) -> None:
    answer, said = _answered(_refused, typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and typed["reason"] in page and said == []
    assert ("已经作废了。" in page) == bool(typed["reason"])
