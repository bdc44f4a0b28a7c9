"""The classes of this room's fields, and of what cannot say it itself: the kernel and Django's own."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from bangfu.access.classification import FieldClass, classify
from bangfu.access.models import FormerNumber, Identity, RoleAssignment, Unit, User
from bangfu.core import models as core

PUBLIC, INTERNAL, NAME = FieldClass.PUBLIC, FieldClass.INTERNAL, FieldClass.NAME
FREE_TEXT, SECRET = FieldClass.FREE_TEXT, FieldClass.SECRET

classify(Permission, {PUBLIC: "name content_type codename"})
classify(Group, {PUBLIC: "name"})
classify(ContentType, {PUBLIC: "app_label model"})
classify(Session, {SECRET: "session_key session_data", INTERNAL: "expire_date"})

classify(core.AuditBlock, {INTERNAL: "sealed_at count content_hash previous_hash hash"})
classify(
    core.AuditEvent,
    {
        INTERNAL: "at actor_id verb subject place data block",
        NAME: "actor_label subject_label",
        FREE_TEXT: "summary address",
    },
)
classify(
    core.Change,
    {INTERNAL: "at effective_on actor_id verb batch undoes", NAME: "actor_label", FREE_TEXT: "reason"},
)
classify(core.CurrentChange, {INTERNAL: "change_id"})
classify(core.RowVersion, {INTERNAL: "table row_id ended_by deleted", FREE_TEXT: "data"})
classify(
    core.Job,
    {
        INTERNAL: "kind key state step done total attempt max_attempts holder lease_until cancel_requested"
        " run_after created_by_id created_at started_at finished_at",
        FREE_TEXT: "label payload message result",
    },
)
classify(
    core.Parameter,
    {PUBLIC: "code value kind unit place valid_from valid_to basis grade note superseded_by"},
)
classify(core.Region, {PUBLIC: "code name level parent subject valid_from valid_to successor"})
classify(core.RegionCode, {PUBLIC: "region code valid_from valid_to basis"})
classify(core.Subject, {INTERNAL: "kind place", NAME: "label"})

classify(
    Identity,
    {
        FieldClass.IDENTITY: "id_type id_number",
        SECRET: "person_key id_index tail_index",
        INTERNAL: "key_version",
    },
)
classify(FormerNumber, {SECRET: "identity id_index", INTERNAL: "until"})
classify(Unit, {PUBLIC: "name kind place is_active"})
classify(
    User,
    {
        NAME: "username name",
        FieldClass.CONTACT: "phone",
        SECRET: "password former_passwords totp_secret session_key",
        INTERNAL: "last_login post unit is_active must_change_password password_changed_at failed_sign_ins"
        " locked_until totp_confirmed totp_last_step preferences created_at",
    },
)
classify(RoleAssignment, {INTERNAL: "user role place valid_from valid_to granted_by granted_at"})
