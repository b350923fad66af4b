"""The taps by which a person shapes a theme: name, teach, merge, split, put away, make something of it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afterglow.insights.forms.themes import MarkForm, MergeForm, NameForm, SplitForm
from afterglow.insights.queries import decided, finding
from afterglow.insights.queries.sittings import quotes_of
from afterglow.insights.services import themes as services
from afterglow.insights.views.finding import theme_or_404
from afterglow.insights.views.reading import once_read
from afterglow.ui.clock import today
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere

DECISIONS: dict[str, dict[str, object]] = {
    "dismiss": {"dismissed": True},
    "back": {"dismissed": False},
    "pin": {"pinned": True},
    "unpin": {"pinned": False},
    "tender": {"tender": True},
    "not-tender": {"tender": False},
    "apart": {"merged_into": ""},
}
LEADS_TO_LIST = frozenset({"dismiss"})
PARTS = frozenset({"insight", "obstacle", "goal"})


@require_POST
@once_read
def rename(request: VaultRequest, name: str) -> HttpResponse:
    theme = theme_or_404(request.vault, name)
    form = NameForm(request.POST)
    if form.is_valid():
        services.decide(vault=request.vault, theme=theme, renamed=form.cleaned_data["name"])
    return redirect("insights:theme", name=name)


@require_POST
@once_read
def decide(request: VaultRequest, name: str) -> HttpResponse:
    """One word: it matters, it is tender, it is put away, or it comes back."""
    theme = theme_or_404(request.vault, name)
    word = request.POST.get("word", "")
    if word in DECISIONS:
        services.decide(vault=request.vault, theme=theme, **DECISIONS[word])
    if word in LEADS_TO_LIST:
        return redirect("insights:themes")
    return redirect("insights:theme", name=name)


@require_POST
@once_read
def mark(request: VaultRequest, name: str) -> HttpResponse:
    """One tap teaches: part of this, not this, not now."""
    theme = theme_or_404(request.vault, name)
    form = MarkForm(request.POST)
    if form.is_valid():
        try:
            _teach(request, theme.id, form)
        except NotHere as gone:
            raise Http404 from gone
    left = finding.shaped(request.vault).theme(name)
    return redirect(
        f"{reverse('insights:theme', args=[name])}#teach" if left else "insights:themes"
    )


def _teach(request: VaultRequest, name: str, form: MarkForm) -> None:
    word, place = form.cleaned_data["belongs"], form.place()
    if word == "later":
        services.not_now(vault=request.vault, place=place, today=today(request))
        return
    theme = theme_or_404(request.vault, name)
    if word == "back":
        services.take_back(vault=request.vault, theme=theme, place=place)
        return
    passage = decided.passage_at(request.vault, place)
    services.mark(vault=request.vault, theme=theme, passage=passage, belongs=word == "yes")


@once_read
def merge(request: VaultRequest, name: str) -> HttpResponse:
    """Choose the one it is the same as."""
    theme = theme_or_404(request.vault, name)
    others = [each for each in finding.shaped(request.vault).themes if each.id != name]
    others.sort(key=lambda each: each.type != theme.type)
    form = MergeForm(request.POST or None, choices=[(each.id, each.label) for each in others])
    if request.method == "POST" and form.is_valid():
        into = theme_or_404(request.vault, form.cleaned_data["into"])
        services.merge(vault=request.vault, source=theme, into=into)
        return redirect("insights:theme", name=into.id)
    return render(request, "insights/merge.html", {"one": theme, "form": form, "others": others})


@once_read
def split(request: VaultRequest, name: str) -> HttpResponse:
    """Choose the quotes that are something of their own, and name it."""
    theme = theme_or_404(request.vault, name)
    quotes = quotes_of(request.vault, theme.mentions)
    form = SplitForm(request.POST or None, quotes=[each.mention.quote for each in quotes])
    if request.method == "POST" and form.is_valid():
        chosen = [quotes[place].mention for place in form.cleaned_data["passages"]]
        new = services.split(
            vault=request.vault,
            theme=theme,
            name=form.cleaned_data["name"],
            passages=services.as_passages(chosen),
        )
        return redirect("insights:theme", name=new)
    return render(request, "insights/split.html", {"one": theme, "form": form})


@require_POST
@once_read
def make(request: VaultRequest, name: str) -> HttpResponse:
    """Hold the theme, so that the link stays, and hand what was sent on to the plan."""
    kind = request.POST.get("kind", "")
    if kind not in PARTS:
        raise Http404
    services.decide(vault=request.vault, theme=theme_or_404(request.vault, name))
    onward = redirect("plans:add", kind)
    onward.status_code = 307  # the same form, sent again to the plan
    return onward
