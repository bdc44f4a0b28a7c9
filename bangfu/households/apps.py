"""Django's entry for this room."""

from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    """The register: households, members, villages and how they change."""

    name = "bangfu.households"
    label = "households"
    verbose_name = "户与人口"
