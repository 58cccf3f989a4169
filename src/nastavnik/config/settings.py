"""Settings of Nastavnik: one file; everything that differs between installations comes from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from nastavnik.config import environment as env

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(env.text("NASTAVNIK_HOME", str(ROOT / "var")))

DEMO = env.flag("NASTAVNIK_DEMO", default=False)
DEBUG = env.flag("NASTAVNIK_DEBUG", default=False)
SECRET_KEY = env.text("NASTAVNIK_SECRET_KEY", "only-for-the-demo-municipality-on-this-machine" if DEMO or DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set NASTAVNIK_SECRET_KEY (or NASTAVNIK_SECRET_KEY_FILE): sessions are signed with it.")
ALLOWED_HOSTS = env.words("NASTAVNIK_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("NASTAVNIK_ORIGINS")
HTTPS = env.flag("NASTAVNIK_HTTPS", default=not (DEMO or DEBUG))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "nastavnik.core",
    "nastavnik.audit",
    "nastavnik.jobs",
    "nastavnik.documents",
    "nastavnik.organisations",
    "nastavnik.accounts",
    "nastavnik.notifications",
    "nastavnik.roadmap",
    "nastavnik.monitoring",
    "nastavnik.desk",
    "nastavnik.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "nastavnik.audit.middleware.RequestTraceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nastavnik.core.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "nastavnik.core.zero_bytes.ZeroByteMiddleware",
    "nastavnik.accounts.live_sessions.LiveSessionMiddleware",
    "nastavnik.accounts.middleware.AppointmentMiddleware",
    "nastavnik.accounts.middleware.FirstThingsMiddleware",
    "nastavnik.accounts.middleware.SupportMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nastavnik.audit.middleware.AccessLogMiddleware",
]

ROOT_URLCONF = "nastavnik.config.urls"
WSGI_APPLICATION = "nastavnik.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "nastavnik.desk.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "nastavnik.core.templatetags.nastavnik",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", default_file=VAR / "nastavnik.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["nastavnik.accounts.backends.NameOrEmailBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "email", "surname", "given_name", "patronymic")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 2
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = "accounts:login"
SECRET_KEY_FALLBACKS = env.words("NASTAVNIK_OLD_SECRET_KEYS")
# User names are unique within a region (design: no global unique on personal data); the backend resolves several.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_AGE = 60 * 60 * env.number("NASTAVNIK_SESSION_HOURS", 12, least=1)
SESSION_IDLE_MINUTES = env.number("NASTAVNIK_IDLE_MINUTES", 30, least=5)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "nastavnik.core.failures.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = env.flag("NASTAVNIK_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_LIMIT_BYTES = 25 * 1024 * 1024

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "nastavnik" / "locale"]
TIME_ZONE = env.text("NASTAVNIK_TIME_ZONE", "Europe/Moscow")
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "build" / "assets"]
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": [], "OPTIONS": {}}}
# On SQLite the web process does the jobs itself, in one thread; on PostgreSQL `nastavnik work` does.
JOBS_IN_WEB_PROCESS = env.flag("NASTAVNIK_JOBS_IN_WEB", default="sqlite" in DATABASES["default"]["ENGINE"])

PUBLIC_ADDRESS = env.text("NASTAVNIK_ADDRESS").rstrip("/")
EMAIL_HOST = env.text("NASTAVNIK_SMTP_HOST")
EMAIL_PORT = env.number("NASTAVNIK_SMTP_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("NASTAVNIK_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("NASTAVNIK_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("NASTAVNIK_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 20
# From this hour of the day on (local time) the daily digests are written.
DIGEST_HOUR = env.number("NASTAVNIK_DIGEST_HOUR", 8, least=0)
DEFAULT_FROM_EMAIL = env.text("NASTAVNIK_MAIL_FROM", "nastavnik@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"nastavnik": {"level": "INFO"}, "django_tasks": {"level": "WARNING"}, "django_tasks_db": {"level": "WARNING"}},
}
