"""Pages that carry everything out, and bring things in after a look."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from afterglow.transfer import archive, daily, services
from afterglow.transfer.forms import ExportForm, UploadForm
from afterglow.transfer.reading.problems import WHY
from afterglow.ui import clock
from afterglow.vault import staging
from afterglow.vault.http import VaultRequest, not_kept_when_locked


@sensitive_post_parameters("passphrase", "again")
@not_kept_when_locked
def export(request: VaultRequest) -> HttpResponse | StreamingHttpResponse:
    """Says that an export is readable, then gives it as a stream."""
    form = ExportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "transfer/export.html", {"form": form})
    language = str(request.LANGUAGE_CODE)
    passphrase = form.cleaned_data["passphrase"]
    if passphrase:
        locked = archive.locked_stream(request.vault, language=language, passphrase=passphrase)
        kind = "application/octet-stream"
        return _download(StreamingHttpResponse(locked, content_type=kind), ".age")
    pieces = archive.stream(request.vault, language=language)
    return _download(StreamingHttpResponse(pieces, content_type="application/zip"), "")


def _download(
    response: HttpResponse | StreamingHttpResponse, ending: str
) -> HttpResponse | StreamingHttpResponse:
    response["Content-Disposition"] = f'attachment; filename="afterglow-export.zip{ending}"'
    return response


@not_kept_when_locked
def copies(request: VaultRequest) -> HttpResponse | StreamingHttpResponse:
    """Which sealed copies are kept here by themselves, and one to take along."""
    by_file = settings.ENVIRONMENT.keeps_a_file
    if request.method == "POST" and by_file:
        pieces = daily.one_to_take(settings.ENVIRONMENT.home)
        taken = StreamingHttpResponse(pieces, content_type="application/octet-stream")
        taken["Content-Disposition"] = 'attachment; filename="afterglow.afterglow-backup"'
        return taken
    folder = settings.COPIES_FOLDER
    kept = daily.copies_in(folder) if folder else None
    return render(request, "transfer/copies.html", {"kept": kept, "by_file": by_file})


@sensitive_post_parameters("passphrase")
@not_kept_when_locked
def bring_in(request: VaultRequest) -> HttpResponse:
    """Take a file; nothing of it is kept before the preview was seen."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = _staged(request, form)
        if batch is not None:
            return redirect("transfer:preview", batch=batch)
    waiting = staging.newest(request.vault)
    return render(request, "transfer/import.html", {"form": form, "waiting": waiting})


def _staged(request: VaultRequest, form: UploadForm) -> UUID | None:
    """The staged import; where a locked export does not open, the form says so."""
    file = form.cleaned_data["file"]
    try:
        content = archive.unlocked(file.read(), form.cleaned_data["passphrase"])
    except archive.StillLocked:
        form.say_still_locked()
        return None
    now = clock.now(request)
    return services.stage_upload(vault=request.vault, content=content, name=file.name, now=now)


def preview(request: VaultRequest, batch: UUID) -> HttpResponse:
    """Counts, first lines and problems of what was brought."""
    found = services.staged_preview(request.vault, batch)
    if found is None:
        raise Http404
    problems = [(problem, WHY.get(problem.why, "")) for problem in found.problems]
    kept = services.kept_so_far(request.vault, batch)
    context = {"found": found, "problems": problems, "batch": batch, "kept": kept}
    return render(request, "transfer/preview.html", context)


@require_POST
@not_kept_when_locked
def keep(request: VaultRequest, batch: UUID) -> HttpResponse:
    """Keep the next part; a large import takes a few steps, each of them whole."""
    progress = services.keep_staged(vault=request.vault, batch=batch)
    if progress.kept < progress.total:
        return redirect("transfer:preview", batch=batch)
    return redirect("transfer:done")


def done(request: VaultRequest) -> HttpResponse:
    return render(request, "transfer/done.html")


@require_POST
@not_kept_when_locked
def cancel(request: VaultRequest) -> HttpResponse:
    services.let_go(vault=request.vault)
    return redirect("transfer:import")
