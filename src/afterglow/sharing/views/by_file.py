"""Sharing where no link can lead: a closed PDF to hand over, an empty page for an answer, and reading what came back."""

from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from afterglow import sharing, ui
from afterglow.core.paper import Sheet, pdf_of
from afterglow.core.paper.typeset import NotSet
from afterglow.journal import services as journal
from afterglow.sharing import services
from afterglow.sharing.forms import FileForm, ReplyForm
from afterglow.sharing.queries import paper, shown
from afterglow.sharing.services import closing, replies
from afterglow.sharing.views.choices import entries_of, goals_of
from afterglow.ui import clock
from afterglow.ui.templatetags.ui import short_day
from afterglow.vault import door_words
from afterglow.vault.http import VaultRequest

STATIC = Path(ui.__file__).parent / "static/ui"
OWN = Path(sharing.__file__).parent / "static/sharing"
HEADINGS = (
    "title",
    "goal",
    "mood",
    "measures",
    "sittings",
    "effects",
    "themes",
    "why",
    "insights",
    "obstacles",
    "purposes",
    "goals",
    "habits",
    "care",
    "wins",
    "appointments",
    "entries",
)


def by_file(request: VaultRequest) -> HttpResponse:
    """Choose, note the words, and get the closed file. The words are shown here and nowhere else."""
    form = FileForm(
        request.POST if request.method == "POST" else None,
        today=clock.today(request),
        goals=goals_of(request.vault),
        entries=entries_of(request.vault),
    )
    words = request.POST.get("offered") or door_words.six_words()
    if request.method == "POST" and form.is_valid():
        return _file(request, form, words)
    return render(request, "sharing/by_file.html", {"form": form, "words": words})


def _file(request: VaultRequest, form: FileForm, words: str) -> HttpResponse:
    terms = form.terms(name="")
    view = services.preview(vault=request.vault, terms=terms)
    named = _words(request)
    parts = paper.parts_of(shown.shown(view, terms), named, _level, short_day)
    sheet = Sheet(
        title=named["title"],
        under=short_day(clock.today(request)),
        parts=parts,
        language=(request.LANGUAGE_CODE or "en").partition("-")[0],
    )
    try:
        made = closing.closed(pdf_of(sheet, fonts=STATIC / "fonts"), words)
    except NotSet:
        return render(request, "plans/not_set.html", status=503)
    return _download(made, "page.pdf", "application/pdf")


def _words(request: VaultRequest) -> dict[str, str]:
    """The headings, a line each in the template, in the order of HEADINGS."""
    lines = render_to_string("sharing/_paper_words.txt", request=request).strip().splitlines()
    return dict(zip(HEADINGS, lines, strict=True))


def _level(level: int) -> str:
    return render_to_string("measures/_level.html", {"level": level}).strip()


def reply_page(request: VaultRequest) -> HttpResponse:
    """An empty page of its own that works without this program: what is typed there leaves it sealed."""
    context = {"blank": replies.blank(request.vault), "form": replies.FORM}
    page = str(render_to_string("sharing/reply_page.html", context, request=request))
    script = _own(STATIC / "hpke.js") + _own(OWN / "answer.js")
    page = page.replace("<!-- [[style]] -->", f"<style>\n{_own(OWN / 'answer.css')}</style>")
    page = page.replace("<!-- [[script]] -->", f'<script type="module">\n{script}</script>')
    return _download(page.encode(), "answer.html", "application/octet-stream")


def _own(file: Path) -> str:
    return file.read_text("utf-8")


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def reply(request: VaultRequest) -> HttpResponse:
    """Read a sealed answer that came back."""
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            words = replies.read(vault=request.vault, text=form.cleaned_data["sealed"])
        except replies.NotAReply:
            return render(request, "sharing/reply.html", {"form": form, "not_read": True})
        return render(request, "sharing/reply.html", {"form": ReplyForm(), "words": words})
    return render(request, "sharing/reply.html", {"form": form})


@require_POST
def keep_reply(request: VaultRequest) -> HttpResponse:
    """Keep the words of an answer as a note among one's own entries."""
    words = request.POST.get("words", "")[: replies.LONGEST]
    if words.strip():
        journal.keep_entry(
            vault=request.vault, text=words, written=clock.now(request), kind_of="note"
        )
    return redirect("sharing:helpers")
