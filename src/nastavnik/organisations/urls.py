"""Addresses of organisations."""

from django.urls import path

from nastavnik.organisations.views import approved_list, days, places, school_list

app_name = "organisations"

urlpatterns = [
    path("", places.organisation_list, name="organisation_list"),
    path("export/", places.organisation_export, name="organisation_export"),
    path("open/", places.open_form, name="open_form"),
    path("open/save/", places.open_place, name="open_place"),
    path("import/", school_list.upload_form, name="import_schools"),
    path("import/read/", school_list.upload, name="upload_school_list"),
    path("import/<uuid:pk>/", school_list.draft, name="school_list_draft"),
    path("import/<uuid:pk>/wrong/", school_list.wrong_rows, name="wrong_rows"),
    path("import/<uuid:pk>/accept/", school_list.accept, name="accept_school_list"),
    path("approved/", approved_list.approved_list, name="approved_list"),
    path("approved/new/", approved_list.approve_form, name="approve_form"),
    path("approved/save/", approved_list.approve, name="approve_school_list"),
    path("approved/<uuid:pk>/scan/", approved_list.scan, name="school_list_scan"),
    path("calendar/", days.calendar, name="calendar"),
    path("calendar/day/", days.new_day, name="new_day"),
    path("calendar/day/save/", days.save_new_day, name="save_new_day"),
    path("calendar/day/<int:pk>/", days.day_form, name="day_form"),
    path("calendar/day/<int:pk>/save/", days.save_day, name="save_day"),
    path("calendar/day/<int:pk>/remove/", days.remove, name="remove_day"),
    path("<slug:slug>/", places.organisation_detail, name="organisation_detail"),
    path("<slug:slug>/card/", places.card_form, name="card_form"),
    path("<slug:slug>/card/save/", places.save_card, name="save_card"),
    path("<slug:slug>/close/", places.close_form, name="close_form"),
    path("<slug:slug>/close/save/", places.close_place, name="close_place"),
]
