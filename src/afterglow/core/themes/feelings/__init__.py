"""Which feelings may be in a passage: learned labels, seven groups, strength, and the body."""

from afterglow.core.themes.feelings.body import BodyFeeling, body_feelings
from afterglow.core.themes.feelings.head import FeelingHead
from afterglow.core.themes.feelings.intensity import intensity

__all__ = ["BodyFeeling", "FeelingHead", "body_feelings", "intensity"]
