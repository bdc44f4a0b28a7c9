"""Django's entry for this room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """A made-up county with people of every role, to try the application on."""

    name = "bangfu.demo"
    label = "demo"
    verbose_name = "演示"
