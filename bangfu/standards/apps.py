"""Django's entry for this room."""

from django.apps import AppConfig

VERBS = {
    "draft_standard": "起草标准",
    "edit_standard": "改标准",
    "publish_standard": "发布标准",
    "retire_standard": "停用标准",
    "record_standard_check": "登记达标验收",
    "repeat_standard_check": "复查",
    "print_standard_check": "打印验收表",
    "propose_subsidies": "提补助建议",
    "arrange_subsidy": "安排补助",
    "decline_subsidy": "不安排补助",
}


class StandardsConfig(AppConfig):
    """Standards, checks of things by them, and what is still missing."""

    name = "bangfu.standards"
    label = "standards"
    verbose_name = "标准和验收"

    def ready(self) -> None:
        """Tell lower rooms what this room brings."""
        from bangfu.core.verbs import register_verbs
        from bangfu.ledgers.workbench import register_work
        from bangfu.standards.figures import register_standard_metrics
        from bangfu.standards.ledgers import WORK

        register_verbs(VERBS)
        register_work(WORK)
        register_standard_metrics()
