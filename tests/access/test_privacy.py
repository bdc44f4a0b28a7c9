"""Every field of every model is classified, and no classification outlives its field."""

from __future__ import annotations

import pytest

from bangfu.access.classification import FieldClass, class_of, stale, unclassified
from bangfu.access.models import Identity, User
from bangfu.households.models import Household, Member


def test_every_field_of_every_model_has_a_class() -> None:
    assert unclassified() == []


def test_no_class_is_given_to_a_field_that_is_gone() -> None:
    assert stale() == []


@pytest.mark.parametrize(
    ("model", "field", "expected"),
    [
        (Identity, "id_number", FieldClass.IDENTITY),
        (Household, "phone", FieldClass.CONTACT),
        (Household, "bank_account", FieldClass.BANK),
        (Member, "health", FieldClass.HEALTH),
        (User, "totp_secret", FieldClass.SECRET),
    ],
)
def test_sensitive_fields_have_their_sensitive_class(model, field, expected) -> None:
    assert class_of(model, field) is expected


def test_an_unknown_field_has_no_class() -> None:
    with pytest.raises(LookupError):
        class_of(Household, "shoe_size")


def test_what_is_encrypted_is_never_classified_as_harmless() -> None:
    from django.apps import apps

    from bangfu.access.fields import EncryptedTextField

    harmless = {FieldClass.PUBLIC, FieldClass.INTERNAL}
    encrypted = [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    ]
    assert len(encrypted) >= 6
    assert [pair for pair in encrypted if class_of(*pair) in harmless] == []
