"""Django settings, made from the home folder and the environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from bangfu.config.databases import database_settings
from bangfu.config.home import HomeError, open_home

try:
    HOME = open_home()
    _web = HOME.settings.get("web", {})
    DATABASES: dict[str, dict[str, Any]] = {"default": database_settings(HOME)}
except HomeError as refusal:
    sys.exit(str(refusal))

PACKAGE = Path(__file__).resolve().parents[1]

SECRET_KEY = HOME.secrets["session_key"]
DEBUG = os.environ.get("BANGFU_DEBUG") == "1"
ALLOWED_HOSTS = [*_web.get("hosts", []), "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = list(_web.get("origins", []))
ROOT_URLCONF = "bangfu.config.urls"
WSGI_APPLICATION = "bangfu.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "bangfu.ui",
    "bangfu.core",
    "bangfu.access",
    "bangfu.evidence",
    "bangfu.metrics",
    "bangfu.workflow",
    "bangfu.notices",
    "bangfu.duties",
    "bangfu.exchange",
    "bangfu.ledgers",
    "bangfu.households",
    "bangfu.forms",
    "bangfu.monitoring",
    "bangfu.support",
    "bangfu.projects",
    "bangfu.funds",
    "bangfu.training",
    "bangfu.county_ledgers",
    "bangfu.standards",
    "bangfu.problems",
    "bangfu.targets",
    "bangfu.matching",
    "bangfu.assessment",
    "bangfu.plans",
    "bangfu.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bangfu.access.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bangfu.access.middleware.SessionLimits",
    "bangfu.access.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bangfu.config.context.page",
            ],
            "builtins": ["bangfu.ui.templatetags.bangfu_ui", "bangfu.access.templatetags.masking"],
        },
    }
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "bangfu.access.passwords.MixedCharactersValidator"},
    {"NAME": "bangfu.access.passwords.NotReusedValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "workbench"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME.folder / "static"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "bangfu.ui.storage.Static"},
}
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365

SESSION_COOKIE_NAME = "bangfu_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_SAVE_EVERY_REQUEST = False
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "bangfu_csrf"
CSRF_FAILURE_VIEW = "bangfu.access.resuming.form_came_late"
# 县里有的机器只有 http；设了 https 就只走 https。
_secure = bool(_web.get("https", False))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _secure
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _web.get("behind_proxy") else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"impersonal": {"()": "bangfu.access.logs.Impersonal"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["impersonal"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
