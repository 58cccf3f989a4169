"""Messages: inbox and outbox; which mail a person wants."""
