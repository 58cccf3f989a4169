"""Background work of the roadmap."""

from typing import Any

from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.jobs.actions import enqueue
from nastavnik.jobs.registry import every, job


@job("roadmap.fan_out")
def fan_out(progress: Any, *, roadmap_id: str, user_id: str) -> dict[str, Any]:
    """Give every organisation its assignments of an accepted plan."""
    from nastavnik.roadmap.actions.fanout import fan_out_roadmap  # noqa: PLC0415 -- leaf
    from nastavnik.roadmap.models import Roadmap  # noqa: PLC0415

    roadmap = Roadmap.objects.select_related("organisation").filter(pk=roadmap_id).first()
    if roadmap is None:
        return {"assignments": 0}
    by = User.objects.filter(pk=user_id).first() if user_id else None
    return {"assignments": fan_out_roadmap(roadmap, by=by, progress=progress)}


@job("roadmap.publish_model")
def publish(progress: Any, *, model_id: str, organisations: list[int], text: str, user_id: str) -> dict[str, Any]:
    """Give copies of a model roadmap to organisations below."""
    from nastavnik.roadmap.actions.publishing import give_copies  # noqa: PLC0415 -- leaf
    from nastavnik.roadmap.models import Roadmap  # noqa: PLC0415

    model = Roadmap.objects.models().select_related("organisation").filter(pk=model_id).first()
    if model is None:
        return {"organisations": 0}
    by = User.objects.filter(pk=user_id).first() if user_id else None
    return {"organisations": give_copies(model, organisations, text=text, by=by, progress=progress)}


@job("roadmap.send_changes")
def send_changes(progress: Any, *, model_id: str, text: str, user_id: str) -> dict[str, Any]:
    """Bring the copies of a model roadmap to its last edition."""
    from nastavnik.roadmap.actions.sending import bring_copies_up  # noqa: PLC0415 -- leaf
    from nastavnik.roadmap.models import Roadmap  # noqa: PLC0415

    model = Roadmap.objects.models().select_related("organisation").filter(pk=model_id).first()
    by = User.objects.filter(pk=user_id).first() if user_id else None
    return dict(bring_copies_up(model, text=text, by=by, progress=progress)) if model else {}


@every("roadmap.sweep_facts", seconds=24 * 3600)
def sweep() -> int:
    """Facts that begin or end by the calendar alone."""
    from nastavnik.roadmap.actions.facts import sweep_facts  # noqa: PLC0415 -- leaf

    return sweep_facts()


@every("roadmap.digests", seconds=600)
def begin_digests() -> None:
    """From the hour on that the settings name, have the digests of the day written. Until everybody has been seen, each round
    asks for the job again: what a crash has left undone is done then."""
    from nastavnik.roadmap.actions.digests import is_time  # noqa: PLC0415 -- leaf

    if is_time(timezone.localtime()):
        enqueue("roadmap.digests", key="roadmap.digests", day=timezone.localdate().isoformat())


@job("roadmap.digests")
def send_digests_of(progress: Any, *, day: str) -> dict[str, Any]:
    """Write the digests of a day. One that has lain over midnight writes nothing: its words would be yesterday's."""
    from nastavnik.roadmap.actions.digests import send_digests  # noqa: PLC0415 -- leaf

    if day != timezone.localdate().isoformat():
        return {"sent": 0}
    return {"sent": send_digests(timezone.localdate(), after_batch=lambda sent: progress(sent, 0))}
