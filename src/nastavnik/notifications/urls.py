"""Addresses of messages."""

from django.urls import path

from nastavnik.notifications.views import messages as views
from nastavnik.notifications.views import preferences

app_name = "notifications"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read-all/", views.read_all, name="read_all"),
    path("sent/", views.outbox, name="outbox"),
    path("mail/", preferences.preferences, name="preferences"),
    path("mail/set/", preferences.set_preference, name="set_preference"),
    path("stop/<str:token>/", preferences.opt_out, name="opt_out"),
    path("<uuid:pk>/", views.message_detail, name="message_detail"),
    path("<uuid:pk>/open/", views.open_message, name="open_message"),
    path("<uuid:pk>/retry/", views.retry, name="retry_mail"),
]
