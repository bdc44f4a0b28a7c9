"""From a subject to the row it stands for: upper rooms say which model that is, so that its scope decides."""

from __future__ import annotations

from typing import Any

from django.db import models

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.models import Subject, SubjectKind

_models: dict[SubjectKind, type[models.Model]] = {}


def register_subject_model(kind: SubjectKind, model: type[models.Model]) -> None:
    """Say that subjects of ``kind`` are rows of ``model``, which has a field ``subject``."""
    _models[kind] = model


def reaches_subject(user: User, permission: Permission, subject: Subject) -> bool:
    """Whether the permission reaches the subject: by its row's scope, else by its place alone."""
    model = _models.get(SubjectKind(subject.kind))
    if model is None:
        return permits(user, permission, subject.place)
    rows: Any = model._default_manager.all()
    return bool(rows.visible_to(user, permission).filter(subject=subject).exists())
