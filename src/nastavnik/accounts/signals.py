"""News of this app for the apps above it."""

from django.dispatch import Signal

# A person asked for a new password by mail. Arguments: user, path (of the one-time page).
password_reset_asked = Signal()
# A one-time code was issued: the person should know that somebody may set a new password. Arguments: user, by.
code_issued = Signal()
# Appointments were given, ended or moved to other days, inside the transaction that does it; what begins or ends by the
# calendar alone is not announced. Arguments: appointments (list), by (User or None).
appointments_changed = Signal()
# Somebody was named to stand in for a colleague, or no longer is. Arguments: deputyship, by, ended (bool).
deputy_changed = Signal()
