"""Django's entry for this room."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Files and papers: content-addressed, encrypted, outside the database."""

    name = "bangfu.evidence"
    label = "evidence"
    verbose_name = "凭证"
