"""Django's entry for this room."""

from django.apps import AppConfig


class FundsConfig(AppConfig):
    """Every yuan: where it came from, where it went, and by which papers."""

    name = "bangfu.funds"
    label = "funds"
    verbose_name = "资金"

    def ready(self) -> None:
        """Tell lower rooms what this room brings."""
        from bangfu.funds.registering.funds import register_funds
        from bangfu.funds.registering.spending import register_spending

        register_funds()
        register_spending()
