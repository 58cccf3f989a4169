"""Addresses of the whole product. Each app states its own; names are the doors that tests walk."""

from django.urls import include, path

urlpatterns = [
    path("", include("nastavnik.desk.urls")),
    path("", include("nastavnik.core.urls")),
    path("", include("nastavnik.accounts.urls")),
    path("messages/", include("nastavnik.notifications.urls")),
    path("organisations/", include("nastavnik.organisations.urls")),
    path("roadmap/", include("nastavnik.roadmap.urls")),
    path("monitoring/", include("nastavnik.monitoring.urls")),
    path("jobs/", include("nastavnik.jobs.urls")),
]

handler400 = "nastavnik.core.failures.bad_request"
handler403 = "nastavnik.core.failures.permission_denied"
handler404 = "nastavnik.core.failures.page_not_found"
handler500 = "nastavnik.core.failures.server_error"
