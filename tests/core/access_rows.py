"""Who may open what in core."""

from tests.access import Row

ROWS = [Row("core:set_view", method="post", anonymous="ok", form={"theme": "dark"})]
