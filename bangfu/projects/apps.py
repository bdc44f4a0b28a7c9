"""Django's entry for this room."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The project library and the life of each project."""

    name = "bangfu.projects"
    label = "projects"
    verbose_name = "项目"

    def ready(self) -> None:
        """Tell lower rooms what this room brings."""
        from bangfu.projects.registering.admission import register_library

        register_library()
