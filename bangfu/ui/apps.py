"""Django's entry for this room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base templates, components, style sheets and the gallery that shows them."""

    name = "bangfu.ui"
    label = "ui"
    verbose_name = "界面"
