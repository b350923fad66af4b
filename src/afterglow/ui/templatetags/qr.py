"""`{% load qr %}{% qr address "The same address as a picture" %}`: a QR code as inline SVG, in the colours of the look.

A page that shows one links `ui/qr.css`. The address or code also stands on the page in letters.
"""

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
# Cameras need four modules of quiet ground around the code (ISO/IEC 18004).
QUIET = 4


@register.simple_tag
def qr(text: str, title: str) -> SafeString:
    """The code of a text; `title` is what a screen reader says of it."""
    rows = segno.make(text, error="m", micro=False).matrix
    side = len(rows) + 2 * QUIET
    dark = "".join(
        f"M{column + QUIET} {row + QUIET}h1v1h-1z"
        for row, modules in enumerate(rows)
        for column, module in enumerate(modules)
        if module
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{title}">'
        '<rect class="qr-ground" width="{side}" height="{side}" rx="2"/><path class="qr-dark" d="{dark}"/></svg>',
        side=side,
        title=title,
        dark=dark,
    )
