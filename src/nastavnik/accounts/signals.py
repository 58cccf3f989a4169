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
# The second factor went on, off, or was reset by a superior. Arguments: user, by, what ("on", "off", "reset"), reason.
factor_changed = Signal()
# Somebody began to work in a person's account. Arguments: visit.
support_begun = Signal()
# An invitation is to be mailed; the receiver returns the id of the message it wrote, or None without a mail server.
# Arguments: invitation, path (of the page where it is accepted), by.
invitation_issued = Signal()
