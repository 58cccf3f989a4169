"""Addresses of accounts."""

from django.urls import path

from nastavnik.accounts.views import appointing, deputies, history, passwords, profile, sessions, staff

app_name = "accounts"

urlpatterns = [
    path("login/", sessions.login, name="login"),
    path("logout/", sessions.logout, name="logout"),
    path("switch/", sessions.switch, name="switch"),
    path("password/", passwords.password, name="password"),
    path("password/change/", passwords.change_password, name="change_password"),
    path("password/forgotten/", passwords.forgotten, name="forgotten"),
    path("password/code/", sessions.code, name="code"),
    path("password/new/<uuid:pk>/<str:token>/", passwords.new_password, name="new_password"),
    path("profile/", profile.profile, name="profile"),
    path("profile/change/", profile.change_contacts, name="change_contacts"),
    path("profile/leave-everywhere/", passwords.leave_everywhere, name="leave_everywhere"),
    path("history/", history.change_list, name="change_list"),
    path("history/access/", history.access_list, name="access_list"),
    path("staff/", staff.staff_list, name="staff_list"),
    path("staff/export/", staff.staff_export, name="staff_export"),
    path("staff/appoint/<slug:slug>/", appointing.appoint_form, name="appoint_form"),
    path("staff/appoint/<slug:slug>/save/", appointing.appoint_person, name="appoint_person"),
    path("staff/appointment/<uuid:pk>/end/", appointing.end, name="end_appointment"),
    path("staff/appointment/<uuid:pk>/dates/", appointing.dates, name="change_dates"),
    path("staff/<uuid:pk>/", staff.staff_detail, name="staff_detail"),
    path("staff/<uuid:pk>/change/", staff.change_person, name="change_person"),
    path("staff/<uuid:pk>/code/", staff.print_code, name="print_code"),
    path("staff/<uuid:pk>/block/", staff.block, name="block_person"),
    path("staff/<uuid:pk>/unblock/", staff.unblock, name="unblock_person"),
    path("deputies/<uuid:pk>/", deputies.deputy_form, name="deputy_form"),
    path("deputies/<uuid:pk>/save/", deputies.save_deputy, name="name_deputy"),
    path("deputies/<uuid:pk>/end/", deputies.end, name="end_deputyship"),
]
