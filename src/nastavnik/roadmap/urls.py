"""Addresses of roadmap."""

app_name = "roadmap"

urlpatterns: list = []
