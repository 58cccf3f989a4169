"""A person watches the background work that they started."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from nastavnik.core.access import SIGNED_IN, command, page
from nastavnik.core.htmx import go_to, render_page
from nastavnik.jobs.actions import cancel_job
from nastavnik.jobs.models import Job


@page(SIGNED_IN)
def job_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Progress; polled as a fragment, and moved on to the result when the job is done."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if job.state == Job.State.DONE and job.result_url:
        return go_to(request, job.result_url)
    return render_page(request, "jobs/job_detail.html", {"job": job}, partial="progress")


@command(SIGNED_IN)
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop the job."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    cancel_job(job, by=request.user)
    return go_to(request, "jobs:job_detail", job.pk)
