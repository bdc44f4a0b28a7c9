"""Files that a page gives away: bytes with their kind and a name that every browser keeps."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def saved_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file that the browser saves as ``name`` (with its ending; Chinese is kept)."""
    answer = HttpResponse(content, content_type=media_type)
    set_name(answer, name)
    return answer


def workbook_file(content: bytes, name: str) -> HttpResponse:
    """An Excel workbook that the browser saves as ``name``."""
    return saved_file(content, _WORKBOOK, name)


def set_name(answer: HttpResponseBase, name: str, *, shown: bool = False) -> None:
    """Say under which name the browser saves the answer, or shows it if ``shown``."""
    answer.headers["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
