"""Django's entry for this room."""

from pathlib import Path

from django.apps import AppConfig

_ROOM = Path(__file__).parent


class FormsConfig(AppConfig):
    """Sweeps and their sheets."""

    name = "bangfu.forms"
    label = "forms"
    verbose_name = "排查"

    def ready(self) -> None:
        """Tell lower rooms this room's words, jobs and work, whose tasks are whose, where scans return."""
        from bangfu.core.definitions import register_definitions
        from bangfu.core.verbs import register_verbs
        from bangfu.evidence.returning import register_return
        from bangfu.forms.jobs import register_jobs
        from bangfu.forms.queries_tasks import scan_page_of
        from bangfu.forms.scope import register_scopes
        from bangfu.forms.showing import VERBS
        from bangfu.forms.tabs import SHEETS
        from bangfu.forms.versions import CODES
        from bangfu.forms.work import WORK
        from bangfu.households.file_tabs import register_file_tab
        from bangfu.ledgers.workbench import register_work

        register_verbs(VERBS)
        register_definitions(_ROOM / "parameters.yaml")
        register_jobs()
        register_scopes()
        register_work(WORK)
        register_file_tab(SHEETS, after="guarantees")
        for code in CODES.values():
            register_return(code, scan_page_of)
