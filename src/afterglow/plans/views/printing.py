"""Sheets as PDF, made in memory and kept nowhere."""

from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import render

from afterglow import ui
from afterglow.accounts.queries import preferences
from afterglow.core.paper import Part, Sheet, one_page_of, pdf_of
from afterglow.core.paper.typeset import NotSet
from afterglow.vault.http import VaultRequest

FONTS = Path(ui.__file__).parent / "static/ui/fonts"
LETTER_COUNTRIES = {"US", "CA", "MX", "PH"}


def as_pdf(
    request: VaultRequest,
    *,
    title: str,
    under: str,
    parts: tuple[Part, ...],
    name: str,
    one_page: bool = False,
) -> HttpResponse:
    """The file, in the paper size of the country; `one_page` sets it smaller where it would run over."""
    letter = preferences(request.vault).country in LETTER_COUNTRIES
    sheet = Sheet(
        title=title,
        under=under,
        parts=parts,
        language=request.LANGUAGE_CODE.partition("-")[0],
        size="us-letter" if letter else "a4",
    )
    try:
        made = one_page_of(sheet, fonts=FONTS) if one_page else pdf_of(sheet, fonts=FONTS)
    except NotSet:
        return render(request, "plans/not_set.html", status=503)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
