"""Requests with a vault, and the marks by which a view says who may enter."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from afterglow.vault.open_vault import OpenVault

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class VaultRequest(HttpRequest):
    """A request whose vault is open; the middleware lets no other kind through to a private view."""

    vault: OpenVault


def open_to_all(view: View) -> View:
    """This page is for everybody, signed in or not."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def before_recovery_code(view: View) -> View:
    """This page takes a POST even while the recovery code is still to be confirmed."""
    view.before_recovery_code = True  # type: ignore[attr-defined]
    return view


def not_kept_when_locked(view: View) -> View:
    """A POST here while locked is not worth waiting: the page that sent it still has the words."""
    view.kept_when_locked = False  # type: ignore[attr-defined]
    return view


def vault_of(request: HttpRequest) -> OpenVault | None:
    """The open vault on a page that is open to all, or None."""
    return getattr(request, "vault", None)


def leave_file_out(request: HttpRequest) -> None:
    """A file came while nobody is in who could seal it as it arrives; it is not taken."""
    request.file_left_out = True  # type: ignore[attr-defined]


def is_file_left_out(request: HttpRequest) -> bool:
    """Whether a form that waits came with a file: only its words wait."""
    return getattr(request, "file_left_out", False) or bool(request.FILES)


def id_or_none(text: str) -> UUID | None:
    """An id as a form names it; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def page_of_ours(address: str) -> str:
    """The address if it is a page of this program, else nothing: nobody is sent elsewhere by a link."""
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours and address.startswith("/") else ""
