"""Django's entry for this room."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Who helps whom: ties, teams, visits, meetings, supervision, and the papers that follow."""

    name = "bangfu.support"
    label = "support"
    verbose_name = "挂包帮"

    def ready(self) -> None:
        """Tell lower rooms what this room brings; each part of the room says its own."""
        from bangfu.support.registering.duties import register_support_duties
        from bangfu.support.registering.meetings import register_meetings
        from bangfu.support.registering.teams import register_teams
        from bangfu.support.registering.ties import register_ties
        from bangfu.support.registering.visits import register_visits

        register_ties()
        register_meetings()
        register_visits()
        register_support_duties()
        register_teams()
