"""Addresses of the first screens."""

app_name = "desk"

urlpatterns: list = []
