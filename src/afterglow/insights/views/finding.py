"""Finding a theme, or answering 404 for what is gone or another person's."""

from django.http import Http404

from afterglow.core.themes.themes import Theme
from afterglow.insights.queries import finding
from afterglow.vault.open_vault import OpenVault


def theme_or_404(vault: OpenVault, name: str) -> Theme:
    """The theme by itself, as decisions on it need it; a merged one or one put away too."""
    theme = finding.shaped(vault).theme_alone(name)
    if theme is None:
        raise Http404
    return theme
