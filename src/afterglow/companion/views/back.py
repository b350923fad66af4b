"""Look back, and the days against the sittings."""

from django.http import HttpResponse
from django.shortcuts import render

from afterglow.core.instruments import load_instrument
from afterglow.measures import queries as measures
from afterglow.measures.charts import chart
from afterglow.measures.documents import LEVELS
from afterglow.medicine import queries as medicine
from afterglow.vault.http import VaultRequest


def back(request: VaultRequest) -> HttpResponse:
    """Look back: where the things that were kept can be found."""
    return render(request, "companion/back.html")


def timeline(request: VaultRequest) -> HttpResponse:
    """Mood and PHQ-9 against sittings, as pictures, sentences and tables."""
    vault, phq9 = request.vault, load_instrument("phq-9")
    taps = measures.check_ins(vault)
    taken = [a for a in measures.answers_of(vault, phq9.id) if a.document.total is not None]
    days = [stored.document.day for stored in medicine.done_sittings(vault)]
    mood = [(tap.document.at.day, float(tap.document.level)) for tap in taps]
    scores = [(a.document.at.day, float(a.document.total or 0)) for a in taken]
    context = {
        "mood": chart(mood, top=10, rulers=LEVELS[::2], sittings=days, gap_days=7),
        "phq9": chart(scores, top=phq9.highest_total, rulers=phq9.cut_offs, sittings=days),
        "taps": taps[::-1][:60],
        "taken": taken[::-1],
        "sittings": len(days),
    }
    return render(request, "companion/timeline.html", context)
