"""Encryption of fields and keyed indexes over them, behind one interface each.

A stored value is ``v1:`` and the URL-safe base64 of nonce, ciphertext and tag (AES-256-GCM). The prefix names
scheme and key, so that another (SM4-GCM, a new key) can stand beside it.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE_BYTES, _TAG_BYTES = 12, 16

#: Purposes of :func:`index_of`: a whole identity number, and its last four characters.
WHOLE, TAIL = "id", "id-tail"
TAIL_LENGTH = 4


class DecryptionError(Exception):
    """A stored value does not open with this installation's key."""


class Cipher(Protocol):
    """What a scheme must do."""

    prefix: str

    def seal(self, plain: bytes) -> bytes:
        """Nonce, ciphertext and tag."""
        ...

    def seal_all(self, plains: Sequence[bytes]) -> list[bytes]:
        """Each one sealed."""
        ...

    def open(self, sealed: bytes) -> bytes:
        """The plain bytes; raises DecryptionError."""
        ...


class AesGcm:
    """AES-256-GCM with a random nonce."""

    prefix = "v1:"

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def seal(self, plain: bytes) -> bytes:
        """Nonce, ciphertext and tag."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, plain, None)

    def seal_all(self, plains: Sequence[bytes]) -> list[bytes]:
        """Each one sealed, every nonce of its own, all drawn at once."""
        drawn = os.urandom(_NONCE_BYTES * len(plains))
        nonces = [drawn[at : at + _NONCE_BYTES] for at in range(0, len(drawn), _NONCE_BYTES)]
        seal = self._aead.encrypt
        return [nonce + seal(nonce, plain, None) for nonce, plain in zip(nonces, plains, strict=True)]

    def open(self, sealed: bytes) -> bytes:
        """The plain bytes; raises DecryptionError."""
        if len(sealed) < _NONCE_BYTES + _TAG_BYTES:
            raise DecryptionError("a stored value is cut short")
        try:
            return self._aead.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
        except InvalidTag as error:
            raise DecryptionError("a stored value does not open with this key") from error


@lru_cache(maxsize=4)
def _cipher(key: str) -> Cipher:
    return AesGcm(bytes.fromhex(key))


def encrypt(text: str) -> str:
    """``text`` as it is stored; empty stays empty."""
    if not text:
        return ""
    cipher = _cipher(settings.HOME.secrets["field_key"])
    return cipher.prefix + urlsafe_b64encode(cipher.seal(text.encode())).decode()


def decrypt(stored: str) -> str:
    """The text that was encrypted; raises DecryptionError for another key's or a damaged value."""
    if not stored:
        return ""
    cipher = _cipher(settings.HOME.secrets["field_key"])
    if not stored.startswith(cipher.prefix):
        raise DecryptionError("a stored value has an unknown scheme")
    try:
        sealed = urlsafe_b64decode(stored[len(cipher.prefix) :])
    except binascii.Error as error:
        raise DecryptionError("a stored value is damaged") from error
    return cipher.open(sealed).decode()


def seal_bytes(plain: bytes) -> bytes:
    """The content of a file as it is stored: the scheme's prefix, nonce, ciphertext and tag."""
    cipher = _cipher(settings.HOME.secrets["field_key"])
    return cipher.prefix.encode() + cipher.seal(plain)


def open_bytes(sealed: bytes) -> bytes:
    """The content that was sealed; raises DecryptionError for another key's or a damaged file."""
    cipher = _cipher(settings.HOME.secrets["field_key"])
    prefix = cipher.prefix.encode()
    if not sealed.startswith(prefix):
        raise DecryptionError("a stored file has an unknown scheme")
    return cipher.open(sealed[len(prefix) :])


class Keys(NamedTuple):
    """The installation's keys in hexadecimal digits, for a process of ours that knows no installation."""

    for_fields: str
    for_indexes: str


def own_keys() -> Keys:
    """The keys of this installation."""
    return Keys(settings.HOME.secrets["field_key"], settings.HOME.secrets["index_key"])


def index_of(purpose: str, text: str) -> str:
    """A keyed index (HMAC-SHA256, 32 hexadecimal digits) of ``text`` for one purpose; empty stays empty.

    Equal texts have equal indexes within a purpose, and tell nothing across purposes.
    """
    if not text:
        return ""
    key = bytes.fromhex(settings.HOME.secrets["index_key"])
    return hmac.new(key, f"{purpose}\x1f{text}".encode(), hashlib.sha256).hexdigest()[:32]


def indexes_of(purpose: str, texts: Iterable[str], keys: Keys | None = None) -> list[str]:
    """:func:`index_of` of each text, for the hundred thousand of a roster; ``keys`` None: our own."""
    key = bytes.fromhex((keys or own_keys()).for_indexes)
    start = f"{purpose}\x1f".encode()
    digest = hmac.digest
    return [digest(key, start + text.encode(), "sha256").hex()[:32] if text else "" for text in texts]


def encrypt_all(texts: Sequence[str], keys: Keys | None = None) -> list[str]:
    """:func:`encrypt` of each text, for the hundred thousand of a roster; ``keys`` None: our own."""
    cipher = _cipher((keys or own_keys()).for_fields)
    return [
        cipher.prefix + urlsafe_b64encode(sealed).decode() if text else ""
        for text, sealed in zip(texts, cipher.seal_all([text.encode() for text in texts]), strict=True)
    ]
