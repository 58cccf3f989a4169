"""Addresses of messages."""

from django.urls import path

from nastavnik.notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read-all/", views.read_all, name="read_all"),
    path("sent/", views.outbox, name="outbox"),
    path("<uuid:pk>/", views.message_detail, name="message_detail"),
    path("<uuid:pk>/open/", views.open_message, name="open_message"),
    path("<uuid:pk>/retry/", views.retry, name="retry_mail"),
]
