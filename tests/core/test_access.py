"""The three marks of a view."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from nastavnik.core.access import ReadingViewWroteError, command, page
from nastavnik.core.errors import Refusal
from nastavnik.organisations.models import Organisation
from tests.worlds import World


def request_of(world: World, method: str, **extra: str) -> HttpRequest:
    """A request of the municipal coordinator."""
    request = getattr(RequestFactory(), method)("/", **extra)
    request.user = world.user("municipal")
    return request


def test_a_page_cannot_write(world: World) -> None:
    @page("roadmap.view_roadmap")
    def writes(request: HttpRequest) -> HttpResponse:
        Organisation.objects.update(phone="1")
        return HttpResponse()

    with pytest.raises(ReadingViewWroteError):
        writes(request_of(world, "get"))


def test_a_page_is_not_kept_by_caches(world: World) -> None:
    @page("roadmap.view_roadmap")
    def reads(request: HttpRequest) -> HttpResponse:
        return HttpResponse(Organisation.objects.count())

    response = reads(request_of(world, "get"))
    assert (response["Cache-Control"], response["Vary"]) == ("no-store, private", "HX-Request, Cookie")


def test_a_refused_command_changes_nothing(world: World) -> None:
    @command("roadmap.lead_roadmap")
    def half_done(request: HttpRequest) -> HttpResponse:
        Organisation.objects.update(phone="1")
        raise Refusal("Так нельзя.")

    response = half_done(request_of(world, "post", headers={"HX-Request": "true"}))
    assert response.status_code == 422
    assert set(Organisation.objects.values_list("phone", flat=True)) == {""}
