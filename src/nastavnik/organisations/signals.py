"""News of this app for the apps above it."""

from django.dispatch import Signal

# Sent inside the transaction that opens or imports organisations. Arguments: organisations (list), by (User or None).
organisations_opened = Signal()
# Sent inside the transaction that closes or merges an organisation. Arguments: organisation, by (User or None).
organisation_closed = Signal()
