"""What other pages show of the journal: the entries of a sitting."""

from uuid import UUID

from django import template

from afterglow.journal import queries
from afterglow.journal.documents import Entry

register = template.Library()


@register.simple_tag(takes_context=True)
def entries_of_sitting(context: template.Context, sitting: UUID) -> queries.Entries:
    """What was written about a sitting, earliest first, without opening the text."""
    return queries.entries_of_sitting(context["vault"], sitting)


@register.filter
def seen_in(entry: Entry, media: UUID) -> str:
    """What is to be seen in one file of an entry."""
    return entry.seen_in(media)
