"""Addresses of the roadmap."""

from django.urls import path

from nastavnik.roadmap.views import assignments, board, drafts, editing, evidence, plans, reminders

app_name = "roadmap"

urlpatterns = [
    path("", plans.roadmap_list, name="roadmap_list"),
    path("new/", plans.upload_form, name="upload_plan"),
    path("new/file/", plans.upload, name="read_upload"),
    path("new/template/", plans.begin_from_template, name="begin_from_template"),
    path("new/by-hand/", plans.begin_by_hand, name="begin_by_hand"),
    path("unsettled/", plans.unsettled_list, name="unsettled_list"),
    path("draft/phrase/", drafts.read_phrase, name="read_phrase"),
    path("draft/<uuid:pk>/", drafts.draft_detail, name="draft_detail"),
    path("draft/<uuid:pk>/line/<int:index>/", drafts.save_line, name="save_line"),
    path("draft/<uuid:pk>/line/<int:index>/<slug:decision>/", drafts.decide, name="decide_line"),
    path("draft/<uuid:pk>/undated/", drafts.leave_undated, name="leave_undated"),
    path("draft/<uuid:pk>/heading/", drafts.save_heading, name="save_heading"),
    path("draft/<uuid:pk>/discard/", drafts.discard, name="discard_draft"),
    path("draft/<uuid:pk>/accept/", drafts.accept, name="accept_draft"),
    path("<uuid:pk>/", plans.roadmap_detail, name="roadmap_detail"),
    path("<uuid:pk>/print/", plans.roadmap_print, name="roadmap_print"),
    path("<uuid:pk>/archive/", plans.archive, name="archive_roadmap"),
    path("<uuid:pk>/board/", board.board, name="board"),
    path("<uuid:pk>/section/", editing.section_form, name="new_section"),
    path("<uuid:pk>/section/save/", editing.save_section, name="save_section"),
    path("section/<uuid:pk>/measure/", editing.new_measure, name="new_measure"),
    path("section/<uuid:pk>/measure/save/", editing.save_new_measure, name="save_new_measure"),
    path("measure/<uuid:pk>/", board.measure_detail, name="measure_detail"),
    path("measure/<uuid:pk>/change/", editing.measure_form, name="measure_form"),
    path("measure/<uuid:pk>/change/save/", editing.save_measure, name="save_measure"),
    path("measure/<uuid:pk>/remove/", editing.remove, name="remove_measure"),
    path("measure/<uuid:pk>/remind/", reminders.remind_form, name="remind_form"),
    path("measure/<uuid:pk>/remind/send/", reminders.remind, name="remind_schools"),
    path("assignments/", assignments.assignment_list, name="assignment_list"),
    path("assignments/print/", assignments.assignment_print, name="assignment_print"),
    path("assignments/export/", assignments.assignment_export, name="assignment_export"),
    path("assignments/mark/", reminders.bulk, name="mark_many"),
    path("assignment/<uuid:pk>/", assignments.assignment_detail, name="assignment_detail"),
    path("assignment/<uuid:pk>/mark/", assignments.mark, name="mark_assignment"),
    path("assignment/<uuid:pk>/date/", assignments.name_date, name="name_date"),
    path("assignment/<uuid:pk>/evidence/", evidence.add, name="add_evidence"),
    path("evidence/<uuid:pk>/", evidence.download, name="download_evidence"),
    path("evidence/<uuid:pk>/remove/", evidence.remove, name="remove_evidence"),
]
