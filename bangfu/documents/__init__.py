"""Papers: official layout, templates, return codes, de-identifying and the leak scanner.

Pure: no Django. A :class:`~bangfu.documents.paper.Paper` names a template and carries its data;
:func:`~bangfu.documents.pdf.render_pdf` and :func:`~bangfu.documents.docx.render_docx` print it.
"""
