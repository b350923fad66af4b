"""The door: begin, open, lock, leave, recover."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from afterglow.accounts import queries, services
from afterglow.accounts.forms import BeginForm, ConfirmForm, ConfirmRecovery, OpenForm, RecoverForm
from afterglow.vault import confirm, devices, door_words, doors, waiting
from afterglow.vault.http import (
    VaultRequest,
    before_recovery_code,
    not_kept_when_locked,
    open_to_all,
    page_of_ours,
    vault_of,
)
from afterglow.vault.middleware import give_cookies, give_device_cookie, take_cookies
from afterglow.vault.passkeys.common import of_devices, site_of, that_open
from afterglow.vault.records import VaultDamaged
from afterglow.vault.throttle import TooSoon
from afterglow.vault.unlock import WrongKey

LARGEST_DRAFT = 2_000_000
NOT_RIGHT = _("That is not the passphrase of this vault.")
NOT_SHOWN = _("Please type your passphrase, or confirm with this device.")
TAKEN = _("There is already a vault with this name here. Please choose another name.")


@open_to_all
@sensitive_post_parameters()
def begin(request: HttpRequest) -> HttpResponse:
    """Choose a passphrase; everything else can wait."""
    next_page = request.POST.get("next") or request.GET.get("next", "")
    if not queries.may_begin(request.get_host(), next_page):
        return render(request, "accounts/begin_elsewhere.html", status=403)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entered = services.begin(
                name=form.cleaned_data["name"],
                passphrase=form.cleaned_data["passphrase"],
                browser=devices.browser_of(request),
            )
        except services.NameTaken:
            form.add_error("name", TAKEN)
        else:
            onward = page_of_ours(request.POST.get("next", "")) or "companion:doors"
            return _welcome(redirect(onward), entered)
    words = request.POST.get("offered") or door_words.six_words()
    context = {
        "form": form,
        "words": words,
        "others": queries.how_many_people(),
        "neutral": door_words.neutral_name(),
        "next": next_page,
    }
    return render(request, "accounts/begin.html", context)


@open_to_all
@sensitive_post_parameters()
def unlock(request: HttpRequest) -> HttpResponse:
    """Open by passphrase and return to where the person was."""
    if queries.how_many_people() == 0:
        return redirect("companion:know")
    form = OpenForm(request.POST or None)
    trouble: dict[str, object] = {"kept": "kept" in request.GET}
    if request.method == "POST" and form.is_valid():
        try:
            entered = services.open_by_passphrase(
                name=form.cleaned_data["name"],
                passphrase=form.cleaned_data["passphrase"],
                address=_address(request),
                browser=devices.browser_of(request),
            )
        except WrongKey:
            trouble = {"wrong": True}
        except TooSoon as wait:
            trouble = {"wait_seconds": wait.seconds}
        except VaultDamaged:
            trouble = {"damaged": True}
        else:
            return _welcome(redirect(onward(entered, request.POST.get("next", ""))), entered)
    return _door(request, form, trouble)


def onward(entered: services.Entered, wanted: str) -> str:
    """Where somebody goes on who has just come in: to what waits, else back to where they were."""
    if waiting.count(entered.vault):
        return reverse("accounts:waiting")
    return page_of_ours(wanted) or reverse("companion:today")


def _welcome(response: HttpResponse, entered: services.Entered) -> HttpResponse:
    give_cookies(response, entered.door)
    give_device_cookie(response, entered.device)
    return response


def _address(request: HttpRequest) -> str:
    return "address " + str(request.META.get("REMOTE_ADDR", ""))


def _door(
    request: HttpRequest, form: OpenForm, trouble: dict[str, object], *, status: int = 200
) -> HttpResponse:
    target = request.POST.get("next") or request.GET.get("next", "")
    known, site = devices.devices_of(request), site_of(request)
    context = {
        "form": form,
        "several": queries.how_many_people() > 1,
        "may_begin": queries.may_begin(request.get_host(), target),
        "next": target,
        "passkey": bool(that_open(of_devices(known, site))) if known else False,
        "on_phone": devices.browser_of(request).platform in devices.PHONES,
        **trouble,
    }
    return render(request, "accounts/unlock.html", context, status=status)


@open_to_all
def locked(request: HttpRequest, *, kept: bool = False, without_file: bool = False) -> HttpResponse:
    """The shut door in place of a private page; a form that came is kept for its owner, without its file."""
    if queries.how_many_people() == 0:
        return redirect("companion:know")
    unkept = request.method == "POST" and not kept
    trouble: dict[str, object] = {"kept": kept, "without_file": without_file, "unkept": unkept}
    if request.method == "GET":
        trouble["next"] = request.get_full_path()
    return _door(request, OpenForm(), trouble, status=423)


@csrf_exempt  # A page that was kept without connection has no form key, and locking harms nobody.
@open_to_all
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    vault = vault_of(request)
    if vault is not None:
        doors.lock(vault)
    response = redirect("accounts:unlock")
    take_cookies(response)
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_POST
@before_recovery_code
@not_kept_when_locked
def still_here(_request: VaultRequest) -> HttpResponse:
    """The person is reading or thinking with the page in front of them: the time to the lock begins anew."""
    return HttpResponse(status=204)


@csrf_exempt  # As with the lock: leaving never fails because a page was old.
@open_to_all
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Lock and go somewhere ordinary. It is no full protection, and Help says so."""
    vault = vault_of(request)
    if vault is not None:
        doors.lock(vault)
    response = redirect("accounts:left")
    take_cookies(response, keep_session=False)
    response["Clear-Site-Data"] = '"cache"'
    return response


@before_recovery_code
@not_kept_when_locked
def sign_out(request: VaultRequest) -> HttpResponse:
    """Lock, and let this browser forget whose it was. What waits in it unsent stays there, sealed."""
    if request.method != "POST":
        return render(request, "accounts/sign_out.html")
    doors.lock(request.vault)
    response = redirect("accounts:unlock")
    take_cookies(response, keep_session=False)
    response["Clear-Site-Data"] = '"cache"'
    return response


@open_to_all
def left(request: HttpRequest) -> HttpResponse:
    """A blank page on the way elsewhere: a form may not be answered by another site."""
    return render(request, "accounts/leave.html", {"elsewhere": settings.ELSEWHERE})


@require_POST
@before_recovery_code
@not_kept_when_locked
def draft(request: VaultRequest) -> HttpResponse:
    """Keep what is being typed, sealed, without making it an entry."""
    form = request.POST.get("_form", "")
    hidden = {"csrfmiddlewaretoken", "_form"}
    fields = {name: str(value) for name, value in request.POST.items() if name not in hidden}
    if not form or len(form) > 200 or sum(map(len, fields.values())) > LARGEST_DRAFT:
        return JsonResponse({"kept": False}, status=400)
    request.vault.keep_draft(form, fields)
    return JsonResponse({"kept": True})


@before_recovery_code
def recovery(request: VaultRequest) -> HttpResponse:
    """Show the code once more until two of its groups are typed back."""
    form = ConfirmRecovery(request.POST or None)
    if request.method == "POST" and form.is_valid():
        confirmed = services.confirm_recovery_code(
            vault=request.vault,
            second_group=form.cleaned_data["second"],
            last_group=form.cleaned_data["last"],
        )
        if confirmed:
            after = "accounts:waiting" if waiting.count(request.vault) else "companion:today"
            return redirect(after)
        return _show_code(request, form, mistyped=True)
    return _show_code(request, form, mistyped=False)


def _show_code(request: VaultRequest, form: ConfirmRecovery, *, mistyped: bool) -> HttpResponse:
    if not queries.recovery_is_missing(request.vault) and not request.vault.draft(
        services.RECOVERY_FORM
    ):
        return render(request, "accounts/recovery_kept.html", {"form": ConfirmForm()})
    code = services.pending_recovery_code(request.vault)
    context = {
        "form": form,
        "code": code,
        "mistyped": mistyped,
        "waits": waiting.count(request.vault),
        "without_file": request.GET.get("without") == "file",
    }
    return render(request, "accounts/recovery.html", context)


@require_POST
@before_recovery_code
@not_kept_when_locked
def new_recovery(request: VaultRequest) -> HttpResponse:
    """A new code in place of a kept one, for who shows that it is them; the old one works until the new is confirmed."""
    form = ConfirmForm(request.POST)
    typed = form.cleaned_data["passphrase"] if form.is_valid() else ""
    if queries.recovery_is_missing(request.vault) or confirm.again(request.vault, typed):
        services.new_recovery_code(request.vault)
        return redirect("accounts:recovery")
    form.add_error("passphrase", NOT_RIGHT if typed else NOT_SHOWN)
    return render(request, "accounts/recovery_kept.html", {"form": form})


@require_POST
def have_recovery(request: VaultRequest) -> HttpResponse:
    """Do you still have it? Yes."""
    services.say_the_code_is_here(vault=request.vault)
    return redirect("companion:today")


@open_to_all
@sensitive_post_parameters()
def recover(request: HttpRequest) -> HttpResponse:
    """The passphrase is lost: the recovery code opens, and both are made new."""
    form = RecoverForm(request.POST or None)
    trouble: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            entered = services.recover(
                name=form.cleaned_data["name"],
                code=form.cleaned_data["code"],
                passphrase=form.cleaned_data["passphrase"],
                address=_address(request),
                browser=devices.browser_of(request),
            )
        except WrongKey:
            trouble = {"wrong": True}
        except TooSoon as wait:
            trouble = {"wait_seconds": wait.seconds}
        except VaultDamaged:
            trouble = {"damaged": True}
        else:
            return _welcome(redirect("accounts:recovery"), entered)
    several = queries.how_many_people() > 1
    words = request.POST.get("offered") or door_words.six_words()
    context = {"form": form, "several": several, "words": words, **trouble}
    return render(request, "accounts/recover.html", context)
