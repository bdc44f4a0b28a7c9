"""A paper as the request asks for it: a PDF or Word file, or its pages to look at."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bangfu.documents.docx import render_docx
from bangfu.documents.errors import PaperError
from bangfu.documents.paper import Paper
from bangfu.documents.pdf import render_pages, render_pdf
from bangfu.documents.template import template
from bangfu.ui.downloads import saved_file

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "pdf": ("application/pdf", render_pdf),
    "docx": (_WORD, render_docx),
}


def paper_file(paper: Paper, form: str, name: str) -> HttpResponse:
    """The paper as a file that is saved as ``name`` with the ending ``form``: pdf or docx.

    Raises Http404 for another form and PaperError if the paper cannot be printed.
    """
    if form not in FORMATS:
        raise Http404("只有 PDF 和 Word 两种。")
    media_type, make = FORMATS[form]
    return saved_file(make(paper), media_type, f"{name}.{form}")


def answer_file(
    request: HttpRequest,
    paper: Paper,
    name: str,
    back_url: str,
    note: Callable[[str], None] | None = None,
    *,
    form: str = "",
) -> HttpResponse:
    """The paper as a file in ``form``, else as ``?format=`` asks: pdf (default) or docx; Http404 for another.

    ``note`` takes the form and records that the file was taken away. A paper that cannot be printed leads
    back with the reason.
    """
    form = form or request.GET.get("format", "pdf")
    try:
        answer = paper_file(paper, form, name)
    except PaperError as refusal:
        return _refused(request, refusal, back_url)
    if note is not None:
        note(form)
    return answer


def answer_paper(
    request: HttpRequest,
    paper: Paper,
    name: str,
    back_url: str,
    note: Callable[[str], None] | None = None,
    *,
    warning: str = "",
    void: str = "",
) -> HttpResponse:
    """The paper's pages on the screen, ``?page=1`` one of them as a picture, or with ``?format=`` its file.

    ``void`` says that it must not be used any more, ``warning`` what is not yet so; see :func:`answer_file`.
    """
    if "format" in request.GET:
        return answer_file(request, paper, name, back_url, note)
    try:
        pages = render_pages(paper)
    except PaperError as refusal:
        return _refused(request, refusal, back_url)
    if "page" in request.GET:
        return HttpResponse(_page(pages, request.GET["page"]), content_type="image/svg+xml")
    context = {
        "name": name,
        "numbers": range(1, len(pages) + 1),
        "back_url": back_url,
        "warning": warning,
        "void": void,
        "paper_size": template(paper.template).size.upper(),
    }
    return render(request, "ui/paper_pages.html", context)


def _refused(request: HttpRequest, refusal: PaperError, back_url: str) -> HttpResponse:
    messages.error(request, refusal.message)
    return redirect(back_url)


def _page(pages: list[bytes], asked: str) -> bytes:
    if not asked.isdecimal() or not 1 <= int(asked) <= len(pages):
        raise Http404("没有这一页。")
    return pages[int(asked) - 1]
