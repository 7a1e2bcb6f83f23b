"""All settings, from the environment; production refuses to start on a missing or unsafe value.

Where nobody has configured anything, the newsroom runs for this machine alone, with keys that it
makes itself under `var/` (see `environment.py` and `local_keys.py`).
"""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from articles.editor import OWN_EXTENSIONS
from comments.privacy import decode_key
from newsroom.embedded import DATABASE, USER, socket_directory
from newsroom.environment import (
    database,
    env,
    flag,
    is_configured,
    languages_of,
    mail,
    number,
    one_of,
    origins,
    per_minute,
    required,
    sender,
    site_url,
    time_zone,
)
from newsroom.local_keys import local_keys, new_keys

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_ROOT = Path(env.str("VAR_ROOT", default=str(BASE_DIR / "var"))).absolute()
DEBUG = flag("DEBUG", default=False)
LOCAL = DEBUG or not is_configured()

# The command that makes the keys runs before there are any, and keeps none.
if sys.argv[1:2] == ["comment_keys"]:
    _own, _host = new_keys()[0], "localhost"
elif LOCAL:
    _own, _host = local_keys(VAR_ROOT), "127.0.0.1"
else:
    _own, _host = {}, ""

# The site

SITE_NAME = env.str("SITE_NAME", default="المرفأ")
SITE_TAGLINE = env.str("SITE_TAGLINE", default="")
PORT = number("PORT", default=8000, least=1, most=65535)
WORKERS = number("WORKERS", default=2, least=1, most=512)
SECRET_KEY = required(
    "SECRET_KEY",
    "give at least 50 random characters, as `python -c 'import secrets; "
    "print(secrets.token_urlsafe(50))'` prints them.",
    _own,
)
ALLOWED_HOSTS = [
    host.strip()
    for host in required(
        "ALLOWED_HOSTS",
        "give the names under which readers reach the site, parted by commas.",
        {"ALLOWED_HOSTS": f"{_host},localhost" if _host else ""},
    ).split(",")
    if host.strip()
]
SITE_URL = site_url(f"http://127.0.0.1:{PORT}" if LOCAL else f"https://{ALLOWED_HOSTS[0]}")
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
COMMENT_ORIGINS = origins("COMMENT_ORIGINS")
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "articles",
    "comments",
    "newsroom.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_filters",
    "django_prose_editor",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rest_framework",
    "simple_history",
    "tree_queries",
    "newsroom",
]

# Whether the site lives, and whether it is ready.
PROBES = ("/healthz", "/readyz")

MIDDLEWARE = [
    # These stand around all that answers, so that no answer is without their headers.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.headers.permissions_policy",
    "newsroom.headers.no_cookies_for_readers",
    "newsroom.cross_origin.cross_origin",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.health.health",
    "newsroom.requests.refuse_nul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.representations.represent",
    "newsroom.compression.CompressText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Says of each revision who was logged in when it was saved.
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.context.paper",
            ],
        },
    },
]

# PostgreSQL

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **(
            database()
            or {
                "ENGINE": "newsroom.embedded",
                "HOST": str(socket_directory(VAR_ROOT / "postgresql")),
                "NAME": DATABASE,
                "USER": USER,
            }
        ),
        "CONN_HEALTH_CHECKS": True,
    }
}
# Set by `serve` for its workers; a command needs one connection, and an answer at once.
_pool_size = number("DATABASE_POOL_SIZE", default=0)
if _pool_size:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": _pool_size,
        "timeout": 10,
    }

# Languages and time

_CATALOGUES = BASE_DIR / "newsroom" / "locale"
LANGUAGES = languages_of(_CATALOGUES)
LANGUAGE_CODE = one_of("LANGUAGE_CODE", [code for code, _name in LANGUAGES], default="ar")
FORMAT_MODULE_PATH = "newsroom.locale"
ARABIC_MONTHS = one_of("ARABIC_MONTHS", ["levantine", "egyptian", "maghrebi"], default="levantine")
# The paper's catalogue names the months as the Levant does; what comes first has precedence.
LOCALE_PATHS = [BASE_DIR / "newsroom" / "months" / ARABIC_MONTHS, _CATALOGUES]
TIME_ZONE = time_zone("Asia/Damascus")
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_ROOT / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_ROOT / "media"))
STORAGES = {
    "default": {"BACKEND": "articles.storage.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# What a process remembers: of answers, since when they are the same; of clients, how much they ask.
# Neither makes the other forget, and neither grows without end.

_IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    name: {"BACKEND": _IN_MEMORY, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": 10_000}}
    for name in ("default", "throttles")
}

# Stories. A signed link to the preview of one works so many days.

PREVIEW_DAYS = number("PREVIEW_DAYS", default=7, least=1, most=365)

# Accounts and sessions

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Transport. A site on https insists on it; the demonstration on http://127.0.0.1 cannot.

SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
# Probes come over http.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SECURE_HSTS_SECONDS = number("HSTS_SECONDS", default=365 * 24 * 3600) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SECURE else []

# What a page may load and run: the site's own files, and nothing that stands in the page itself. A
# page that was given a nonce (the text editor's) names it; what is framed or needs more says so.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Comments

COMMENT_EMAIL_PUBLIC_KEY = required(
    "COMMENT_EMAIL_PUBLIC_KEY",
    "make the keys with `manage.py comment_keys` and give the public half.",
    _own,
)
COMMENT_INDEX_KEY = required(
    "COMMENT_INDEX_KEY",
    "make the keys with `manage.py comment_keys` and give the index key.",
    _own,
)
decode_key("COMMENT_EMAIL_PUBLIC_KEY", COMMENT_EMAIL_PUBLIC_KEY)
decode_key("COMMENT_INDEX_KEY", COMMENT_INDEX_KEY)
# So long after the last thing that happened with a commenter's comments, the address is destroyed.
COMMENT_ADDRESS_DAYS = number("COMMENT_ADDRESS_DAYS", default=90, least=1, most=36_500)
if not LOCAL and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5):
    raise ImproperlyConfigured(
        "SECRET_KEY is too easily guessed: give at least 50 random characters."
    )

# The background worker (see `worker.py`). What PostgreSQL announces is done at once; the intervals,
# in seconds, are for what it does not announce: jobs that are due later, as a scheduled story is at
# its second, and workers that fell silent. Several jobs run at once: no long one delays a story.

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {
    "delete_jobs": "successful",
    "concurrency": 4,
    "fetch_job_polling_interval": 0.5,
    "update_heartbeat_interval": 15.0,
    "stalled_worker_timeout": 60.0,
}
# What fell due while nothing ran is made up for: a nightly job finds many a machine switched off.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 24 * 3600}

# Libraries

DJANGO_PROSE_EDITOR_EXTENSIONS = OWN_EXTENSIONS
SIMPLE_HISTORY_DATE_INDEX = False
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "articles.models.tag.tags_from_text"
TAGGIT_STRING_FROM_TAGS = "articles.models.tag.tags_to_text"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        f"newsroom.throttles.{name}" for name in ("Reads", "Posts", "TokenWrites")
    ],
    "DEFAULT_THROTTLE_RATES": {
        "reads": per_minute("API_READS_PER_MINUTE", default=600),
        "posts": per_minute("API_POSTS_PER_MINUTE", default=30),
        "token-writes": per_minute("API_TOKEN_WRITES_PER_MINUTE", default=120),
    },
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Newsroom API",
    "DESCRIPTION": "Published articles of the paper, and comments on them. "
    "[What may change, and what has changed](/api/v1/changes/).",
    "VERSION": "1.0.0",
    "TAGS": [
        {"name": "articles", "description": "Published articles."},
        {"name": "comments", "description": "The discussions below them."},
        {"name": "categories", "description": "The sections of the paper and all below them."},
        {"name": "tags", "description": "What published articles are about."},
        {"name": "images", "description": "The pictures that published articles show."},
        {"name": "desk", "description": "For programs of the newsroom, with a token."},
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "DEFAULT_GENERATOR_CLASS": "newsroom.api_schema.EnglishSchema",
    # In English they would be the labels of the desk.
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "StoryStatus": "articles.models.ArticleStatus",
        "CommentStatus": "comments.models.CommentStatus",
        "Verb": "comments.api.queue_fields.VERBS",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "newsroom.api_schema.complete",
    ],
}

# Mail and logs. Requests are not logged with their addresses, and no text of a comment is.

_email = mail()
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _email.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
_name = "localhost" if LOCAL else (urlsplit(SITE_URL).hostname or "localhost").lstrip(".")
DEFAULT_FROM_EMAIL = sender(f"webmaster@{_name}")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "newsroom.logs.WithoutSecrets",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "filters": {
        "arguments": {"()": "newsroom.logs.WithoutArguments"},
        "losses": {"()": "newsroom.logs.LossesInOneLine"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["arguments", "losses"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # What a visitor asked for or typed wrongly is nobody's business; what we broke is ours.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
        # These say once more, at length, what the worker has said.
        "procrastinate.utils": {"level": "CRITICAL"},
        "psycopg.pool": {"level": "ERROR"},
    },
}
# Wherever reports of errors are sent, they hold nothing of the visitor's.
DEFAULT_EXCEPTION_REPORTER = "newsroom.reports.WithoutVisitor"
