"""Addresses of the first screens."""

from django.urls import path

from nastavnik.desk import health, views

app_name = "desk"

urlpatterns = [
    path("", views.today, name="today"),
    path("news/", views.news, name="news"),
    path("news/seen/", views.put_away, name="put_news_away"),
    path("search/", views.search, name="search"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
