"""Settings of the tests: the product's own, with a fixed key, plain static files and quick password hashing.

`TEST_DB=pg` runs the suite on PostgreSQL: on `DATABASE_URL` if it is set, else on a server of the test process's own,
started here because the settings are read before any fixture.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("NASTAVNIK_SECRET_KEY", "a-key-for-tests-that-signs-nothing-outside-of-them")
os.environ.setdefault("NASTAVNIK_HTTPS", "0")
if os.environ.get("TEST_DB") == "pg" and not os.environ.get("DATABASE_URL"):
    from nastavnik.config.postgres_for_tests import start

    os.environ["DATABASE_URL"] = start()

from nastavnik.config.settings import *  # noqa: F403
from nastavnik.config.settings import DATABASES, MIDDLEWARE, STORAGES, TEMPLATES

MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="nastavnik-tests-"))
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED VARIABLE: %s"  # the test client fails on it
JOBS_IN_WEB_PROCESS = False
# Tests move the clock: a connection must not look old because of that.
DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
