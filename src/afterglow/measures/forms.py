"""What a tap and a questionnaire page may send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.core.content.library import feelings
from afterglow.ui.forms import LongText, PrivateForm


class FeelingsForm(PrivateForm):
    """Feelings that are not a level, and a few words; both may stay empty."""

    feelings = forms.MultipleChoiceField(
        label=_("Anything of these too?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = LongText(label=_("A few words, if you like"), rows=3, max_length=4000)

    def __init__(self, *args: object, language: str = "en", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["feelings"]
        field.choices = [(feeling.id, feeling.name) for feeling in feelings(language)]  # type: ignore[attr-defined]
