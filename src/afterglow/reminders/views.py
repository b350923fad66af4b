"""Settings of reminders, one page for each way, and two pages without sign-in: the feed and the stop link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from afterglow.accounts.queries import preferences
from afterglow.core.calendar import calendar as written
from afterglow.reminders import queries
from afterglow.reminders.forms import MailForm, PushForm, TimesForm
from afterglow.reminders.services import push as web_push
from afterglow.reminders.services import ways
from afterglow.ui import clock
from afterglow.vault.devices import device_of
from afterglow.vault.http import VaultRequest, not_kept_when_locked, open_to_all

KINDS = ("mail", "calendar", "push")


def reminders(request: VaultRequest) -> HttpResponse:
    """When, how often, never at night; and which ways are on."""
    kept = queries.plan(request.vault)
    first, second = (*kept.times, "", "")[:2]
    start = {
        "first": first,
        "second": second,
        "rhythm": kept.rhythm,
        "quiet_from": kept.quiet_from,
        "quiet_to": kept.quiet_to,
        "in_page": kept.in_page,
    }
    form = TimesForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        ways.keep_plan(vault=request.vault, chosen=clock.now(request), **form.wishes())
        return redirect("reminders:reminders")
    likes = preferences(request.vault)
    context = {
        "form": form,
        "likes": likes,
        "ways": queries.ways(request.vault),
        "zone": queries.zone_of(request.vault, kept) if kept.chosen else clock.zone_of(request),
        "next": queries.coming(request.vault, timezone.now())[:1] if kept.chosen else [],
        "days_agreed": queries.days_agreed(request.vault),
    }
    return render(request, "reminders/reminders.html", context)


def mail(request: VaultRequest) -> HttpResponse:
    """By e-mail: what it reveals, to whom, and the address."""
    form = MailForm(request.POST or None, initial={"address": queries.plan(request.vault).mail})
    can = queries.mail_is_set_up()
    if request.method == "POST" and can and form.is_valid():
        _first_choice(request)
        ways.switch_on_mail(
            vault=request.vault,
            address=form.cleaned_data["address"],
            language=request.LANGUAGE_CODE,
        )
        return redirect("reminders:mail")
    context = {"form": form, "can": can, "on": queries.ways(request.vault).mail}
    context |= _example(request) | {"subject": queries.words("subject", request.LANGUAGE_CODE)}
    return render(request, "reminders/mail.html", context)


def calendar(request: VaultRequest) -> HttpResponse:
    """By a private calendar: what it reveals, to whom, and its secret address."""
    if request.method == "POST":
        _first_choice(request)
        ways.switch_on_calendar(vault=request.vault, language=request.LANGUAGE_CODE)
        return redirect("reminders:calendar")
    on = queries.ways(request.vault).calendar
    secret = queries.plan(request.vault).calendar
    address = request.build_absolute_uri(reverse("reminders:feed", args=[secret])) if on else ""
    context = {"on": on, "address": address, **_example(request)}
    return render(request, "reminders/calendar.html", context)


def push(request: VaultRequest) -> HttpResponse:
    """By the browser's push service: what it reveals, to whom."""
    form, device = PushForm(request.POST or None), device_of(request)
    if request.method == "POST" and form.is_valid():
        _first_choice(request)
        ways.switch_on_push(
            vault=request.vault,
            endpoint=form.cleaned_data["endpoint"],
            language=request.LANGUAGE_CODE,
            device=device.id if device else None,
        )
        return redirect("reminders:push")
    context = {
        "form": form,
        "devices": queries.ways(request.vault).push,
        "key": web_push.public_key(),
        "worker": reverse("companion:worker"),
        **_example(request),
    }
    return render(request, "reminders/push.html", context)


@require_POST
def switch_off(request: VaultRequest, kind: str) -> HttpResponse:
    """One way off, at once."""
    if kind not in KINDS:
        raise Http404
    ways.switch_off(vault=request.vault, kind=kind)
    return redirect(f"reminders:{kind}")


@require_POST
def stop_all(request: VaultRequest) -> HttpResponse:
    """Every way off, at once."""
    ways.stop_all(vault=request.vault)
    return redirect("reminders:reminders")


@open_to_all
@csrf_exempt  # The signed link is the permission; mail programs send their one tap without a form.
@not_kept_when_locked
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a mail: one button, no sign-in, nothing about anybody. Only a POST stops, so a scanner does not."""
    if not ways.link_is_ours(token):
        raise Http404
    if request.method == "POST":
        ways.stop_by_link(token)
        return redirect("reminders:stopped")
    return render(request, "reminders/stop.html", {"vault": None})


@open_to_all
@require_safe
def stopped(request: HttpRequest) -> HttpResponse:
    return render(request, "reminders/stopped.html", {"vault": None})


@open_to_all
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The private calendar: neutral sentences at quarter hours, for whoever has the secret address."""
    channel = ways.channel_of_calendar(secret)
    if channel is None:
        raise Http404
    text = written(
        queries.events(channel),
        name=queries.words("calendar", channel.language),
        stamp=timezone.now(),
    )
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def _first_choice(request: VaultRequest) -> None:
    """The zone of the times, where no times were chosen yet."""
    if queries.plan(request.vault).chosen is None:
        ways.keep_plan(vault=request.vault, chosen=clock.now(request))


def _example(request: VaultRequest) -> dict[str, str]:
    return {"example": queries.sentence(0, request.LANGUAGE_CODE)}
