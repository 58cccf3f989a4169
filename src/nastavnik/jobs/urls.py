"""Addresses of background jobs."""

from django.urls import path

from nastavnik.jobs import views

app_name = "jobs"

urlpatterns = [
    path("<uuid:pk>/", views.job_detail, name="job_detail"),
    path("<uuid:pk>/cancel/", views.cancel, name="cancel_job"),
]
