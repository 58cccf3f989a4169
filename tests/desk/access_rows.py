"""Who may open what on the desk."""

from tests.access import EVERYBODY, Row

READERS = EVERYBODY - {"mentor", "partner", "administrator"}
ROWS = [
    Row("desk:today"),
    Row("desk:news"),
    Row("desk:put_news_away", method="post", form={"number": "1"}),
    Row("desk:search", READERS, query="?q=школа"),
    Row("desk:alive", anonymous="ok"),
    Row("desk:ready", anonymous="ok"),
]
