"""Who may open what on the desk."""

from tests.access import EVERYBODY, Row

READERS = EVERYBODY - {"mentor", "partner", "administrator"}
ROWS = [
    Row("desk:today"),
    Row("desk:search", READERS, query="?q=школа"),
    Row("desk:alive", anonymous="ok"),
    Row("desk:ready", anonymous="ok"),
]
