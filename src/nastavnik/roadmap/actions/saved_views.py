"""Views that people keep."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.roadmap.models import DefaultView, SavedView

MOST_VIEWS = 30


@transaction.atomic
def save_view(*, name: str, kind: str, query: str, shared: bool, by: Any) -> SavedView:
    """Keep an address under a name; the own view of that name is replaced, so that a second click changes nothing."""
    place, name = by.appointment.organisation, " ".join(name.split())[:80]
    own = SavedView.objects.filter(owner=by, organisation=place)
    if not own.filter(name=name).exists() and own.count() >= MOST_VIEWS:
        raise Refusal(_("Сохранено уже %(most)s видов. Удалите ненужный и сохраните этот.") % {"most": MOST_VIEWS})
    view, new = SavedView.objects.update_or_create(
        owner=by, organisation=place, name=name,
        defaults={"kind": kind, "query": query, "shared": shared, "region_id": place.region_id or 0},
    )  # fmt: skip
    if not shared:
        forget_for_others(view, by)
    after = {"title": name, "shared": shared}
    trail.record("roadmap.view_saved" if new else "roadmap.view_changed", view, by=by, after=after, organisation=place)
    return view


@transaction.atomic
def change_view(view: SavedView, *, name: str, shared: bool, by: Any) -> SavedView:
    """Another name, or seen by others or not."""
    name = " ".join(name.split())[:80]
    fresh = SavedView.objects.select_for_update(of=("self",)).filter(pk=view.pk).first()
    if fresh is None:
        raise Refusal(_("Этот вид уже удалён."))
    if SavedView.objects.filter(owner=by, organisation=fresh.organisation_id, name=name).exclude(pk=fresh.pk).exists():
        raise Refusal(_("Вид с таким названием у вас уже есть. Назовите этот иначе."))
    before, after = {"title": fresh.name, "shared": fresh.shared}, {"title": name, "shared": shared}
    if before == after:
        return fresh
    fresh.name, fresh.shared = name, shared
    fresh.save(update_fields=["name", "shared"])
    if not shared:
        forget_for_others(fresh, by)
    trail.record("roadmap.view_changed", fresh, by=by, before=before, after=after, organisation=fresh.organisation)
    return fresh


@transaction.atomic
def delete_view(view: SavedView, *, by: Any) -> None:
    """Forget a view; the address itself goes on working."""
    trail.record("roadmap.view_deleted", view, by=by, before={"title": view.name}, organisation=view.organisation)
    view.delete()


@transaction.atomic
def begin_with(view: SavedView | None, *, by: Any) -> None:
    """«Задания» opens with this view for the person; with None it opens with everything."""
    place = by.appointment.organisation
    if view is None:
        DefaultView.objects.filter(user=by, organisation=place).delete()
        return
    DefaultView.objects.update_or_create(
        user=by, organisation=place, defaults={"view": view, "region_id": place.region_id or 0}
    )  # fmt: skip


def forget_for_others(view: SavedView, owner: Any) -> None:
    """A view that is no longer shared is nobody else's first one."""
    view.defaults.exclude(user=owner).delete()
