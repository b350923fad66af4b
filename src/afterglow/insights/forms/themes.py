"""What a page about a theme may send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.ui.forms import LongText, PrivateForm


class MeaningForm(PrivateForm):
    meaning = LongText(label=_("What does this mean to you?"), rows=4)


class NameForm(PrivateForm):
    name = forms.CharField(label=_("Your name for it"), max_length=80)


class MarkForm(PrivateForm):
    entry = forms.UUIDField()
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    belongs = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda v: v == "yes"
    )
