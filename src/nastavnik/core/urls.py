"""Addresses that belong to no domain."""

from django.urls import path

from nastavnik.core import views

app_name = "core"

urlpatterns = [path("view/", views.set_view, name="set_view")]
