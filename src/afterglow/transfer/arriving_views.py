"""Moving in from another computer, before anybody has a vault on this one."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from afterglow.accounts import queries
from afterglow.transfer import arriving
from afterglow.transfer.forms import ArriveForm
from afterglow.vault.http import open_to_all

NOT_THEIRS = _("This passphrase opens no vault in that file. The file was not kept.")
NOT_WHOLE = _("This is not a whole copy, or it was changed on the way. Nothing was kept of it.")


@csrf_exempt  # The form key is checked below, after the one handler for this file was set.
@open_to_all
def arrive(request: HttpRequest) -> HttpResponse:
    """The file is sealed already, so it may wait in the data folder while it is looked at."""
    if queries.how_many_people() or not queries.is_at_this_computer(request.get_host()):
        return redirect("accounts:unlock")
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _arrive(request)


@csrf_protect
@sensitive_post_parameters("passphrase")
def _arrive(request: HttpRequest) -> HttpResponse:
    form = ArriveForm(request.POST or None, request.FILES or None)
    by_file = settings.ENVIRONMENT.keeps_a_file
    if request.method == "POST" and by_file and form.is_valid():
        try:
            arriving.take_in(
                form.cleaned_data["file"].chunks(),
                home=settings.ENVIRONMENT.home,
                passphrase=form.cleaned_data["passphrase"],
            )
        except arriving.NotTheirs:
            form.add_error("passphrase", NOT_THEIRS)
        except arriving.NotRestored:
            form.add_error("file", NOT_WHOLE)
        else:
            by_itself = import_string(settings.START_AGAIN)()
            return render(request, "transfer/arrived.html", {"by_itself": by_itself})
    return render(request, "transfer/arrive.html", {"form": form, "by_file": by_file})
