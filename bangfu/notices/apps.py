"""Django's entry for this room."""

from pathlib import Path

from django.apps import AppConfig

_ROOM = Path(__file__).parent


class NoticesConfig(AppConfig):
    """Public notices and announcements, and what people said against them."""

    name = "bangfu.notices"
    label = "notices"
    verbose_name = "公示与公告"

    def ready(self) -> None:
        """Tell the kernel this room's parameters, subjects and the words of its steps."""
        from django.db.models import F

        from bangfu.access.subjects import register_subject_model
        from bangfu.core.definitions import register_definitions
        from bangfu.core.models import SubjectKind
        from bangfu.core.subjects import label_subjects_by
        from bangfu.core.verbs import register_verbs
        from bangfu.evidence.returning import register_return
        from bangfu.ledgers.workbench import register_work
        from bangfu.notices.ledgers import WORK
        from bangfu.notices.models import Notice
        from bangfu.notices.queries import proof_page_of
        from bangfu.notices.verbs import VERBS

        register_verbs(VERBS)
        register_work(WORK)
        register_return("notice", proof_page_of)
        register_subject_model(SubjectKind.NOTICE, Notice)
        label_subjects_by(Notice, F("title"))
        register_definitions(_ROOM / "parameters.yaml")
