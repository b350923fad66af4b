"""What wishes about reminders must look like."""

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.core.plan.gentle import in_quiet_hours
from afterglow.reminders.services.push import is_receiver
from afterglow.ui.forms import ClockField, PrivateForm

IN_QUIET_HOURS = _("This time lies in your quiet hours. Another time, or other quiet hours?")


class TimesForm(PrivateForm):
    """When, how often, and when never."""

    first = ClockField(label=_("A time"), help_text=_("To the quarter of an hour."))
    second = ClockField(label=_("A second time, if you like"), required=False)
    rhythm = forms.ChoiceField(
        label=_("How often"),
        help_text=_(
            "With the days: daily for two weeks after a sitting, then weekly, then monthly."
        ),
        choices=[
            ("window", _("With the days after a sitting")),
            ("daily", _("Every day")),
            ("weekly", _("Once a week")),
        ],
    )
    quiet_from = ClockField(label=_("Quiet hours from"))
    quiet_to = ClockField(label=_("Quiet hours until"))
    in_page = forms.BooleanField(
        label=_("Show a line on Today when a time has come"), required=False
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        quiet_from, quiet_to = given.get("quiet_from"), given.get("quiet_to")
        for name in ("first", "second"):
            clock = given.get(name)
            if clock and quiet_from and quiet_to and _quiet(clock, quiet_from, quiet_to):
                self.add_error(name, IN_QUIET_HOURS)
        return given

    def wishes(self) -> dict[str, object]:
        """The same as fields of the plan."""
        given = self.cleaned_data
        return {
            "times": tuple(f"{given[n]:%H:%M}" for n in ("first", "second") if given[n]),
            "rhythm": given["rhythm"],
            "quiet_from": f"{given['quiet_from']:%H:%M}",
            "quiet_to": f"{given['quiet_to']:%H:%M}",
            "in_page": given["in_page"],
        }


def _quiet(clock: object, quiet_from: object, quiet_to: object) -> bool:
    return in_quiet_hours(f"{clock:%H:%M}", f"{quiet_from:%H:%M}", f"{quiet_to:%H:%M}")


class MailForm(PrivateForm):
    address = forms.EmailField(label=_("Your e-mail address"), max_length=200)


class PushForm(PrivateForm):
    endpoint = forms.CharField(max_length=1000, widget=forms.HiddenInput())

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"]
        if not is_receiver(endpoint):
            raise forms.ValidationError(
                _("This browser names a push service that Afterglow does not know.")
            )
        return endpoint
