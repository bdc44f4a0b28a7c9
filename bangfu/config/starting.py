"""Starting Django from the command line, and what an installation needs before it can serve."""

from __future__ import annotations

import os

import django

from bangfu.config.home import Home, HomeError, open_home


def start_django() -> Home:
    """Set Django up for the home that ``BANGFU_HOME`` names; raises HomeError with a Chinese sentence."""
    home = open_home()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.config.settings")
    django.setup()
    return home


def pending_migrations() -> list[str]:
    """``app.name`` of each migration that the database lacks; raises HomeError when it cannot be reached."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        raise HomeError(
            "连不上数据库：请检查 bangfu.toml 里的 [database] address 和数据库是否已启动。"
        ) from error
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def applied_migrations() -> list[str]:
    """``app.name`` of our migrations that the database has."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from bangfu.config.migrations import own_migrations

    applied = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    return sorted(applied & own_migrations())


def refuse_unready() -> None:
    """Raise HomeError when the database is not up to date with this program."""
    if pending_migrations():
        raise HomeError("数据库还没有准备好，或者版本比程序旧。请先运行：bangfu upgrade")
