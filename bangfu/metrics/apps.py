"""Django's entry for this room."""

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    """What a number means: registered once, counted within the asker's scope, opening its list."""

    name = "bangfu.metrics"
    label = "metrics"
    verbose_name = "口径"
