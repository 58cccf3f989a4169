"""Addresses of monitoring."""

from django.urls import path

from nastavnik.monitoring.views import control, legality, requirements, sheets

app_name = "monitoring"

urlpatterns = [
    path("legality/", legality.legality, name="legality"),
    path("legality/export/", legality.legality_export, name="legality_export"),
    path("legality/of/<slug:slug>/", legality.legality_of, name="legality_of"),
    path("legality/of/<slug:slug>/<slug:code>/", legality.mark, name="mark_requirement"),
    path("legality/of/<slug:slug>/<slug:code>/file/", legality.mark_file, name="mark_file"),
    path("requirements/", requirements.requirement_list, name="requirement_list"),
    path("requirements/new/", requirements.new_requirement, name="new_requirement"),
    path("requirements/new/save/", requirements.write, name="write_requirement"),
    path("requirements/<int:pk>/", requirements.requirement_form, name="requirement_form"),
    path("requirements/<int:pk>/save/", requirements.change, name="change_requirement"),
    path("control/", control.control_list, name="control_list"),
    path("control/new/", control.new_round, name="new_round"),
    path("control/new/save/", control.begin, name="open_round"),
    path("control/<uuid:pk>/", control.round_detail, name="round_detail"),
    path("control/<uuid:pk>/export/", control.round_export, name="round_export"),
    path("control/<uuid:pk>/refresh/", control.refresh, name="propose_answers"),
    path("control/<uuid:pk>/close/", control.close, name="close_round"),
    path("sheet/<uuid:pk>/", sheets.sheet_detail, name="sheet_detail"),
    path("sheet/<uuid:pk>/save/", sheets.save, name="save_sheet"),
    path("sheet/<uuid:pk>/reopen/", sheets.reopen, name="reopen_sheet"),
    path("sheet/<uuid:pk>/acknowledge/", sheets.acknowledge, name="acknowledge_sheet"),
    path("sheet/<uuid:pk>/remedy/", sheets.remedy, name="report_remedy"),
    path("sheet/<uuid:pk>/settle/", sheets.settle, name="settle_sheet"),
    path("sheet/<uuid:pk>/act/<slug:kind>/", sheets.act, name="sheet_act"),
]
