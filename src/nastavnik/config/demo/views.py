"""Views that the people of the demo keep, a change for many that can be taken back, and calendar links that programs read."""

from datetime import timedelta

from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.config.demo import places
from nastavnik.roadmap.actions.bulk import bulk_preview, mark_many
from nastavnik.roadmap.actions.feeds import note_reading, open_feed
from nastavnik.roadmap.actions.saved_views import begin_with, save_view
from nastavnik.roadmap.models import Assignment, Roadmap
from nastavnik.roadmap.queries.lists import UNFINISHED


def build_views(roadmap: Roadmap, leader: User) -> None:
    """The department keeps two views and a calendar, a school one view, by which it begins, and a calendar."""
    save_view(name="Кто опаздывает", kind="kanban", query="state=late", shared=True, by=leader)
    columns = "column=organisation&column=number&column=measure&column=due&column=state&column=note"
    query = f"role=school_coordinator&order=school&{columns}&dense=1"
    save_view(name="Кураторам школ, с заметками", kind="table", query=query, shared=False, by=leader)
    open_feed(name="Сроки школ", query=f"roadmap={roadmap.pk}", by=leader)
    coordinator = User.objects.get(username=places.SCHOOLS[0].coordinator.username)  # type: ignore[union-attr]
    first = save_view(name="Что осталось", kind="table", query=f"state={UNFINISHED}", shared=True, by=coordinator)
    begin_with(first, by=coordinator)
    feed, _token = open_feed(name="Дорожная карта школы", query="", by=coordinator)
    note_reading(feed)
    begin_two(coordinator)


def begin_two(coordinator: User) -> None:
    """Two assignments of the school begun at once, so that «Отменить» is there to be tried."""
    soon = timezone.localdate() + timedelta(days=30)
    rows = Assignment.objects.visible_to(coordinator).filter(state="planned", due_on__gte=soon).order_by("due_on", "pk")
    chosen = [str(key) for key in rows.values_list("pk", flat=True)[:2]]
    preview = bulk_preview(coordinator, chosen, state="in_progress")
    if preview.to_change:
        mark_many(preview, state="in_progress", note="", reason="", done_on=None, by=coordinator)
