"""The fictional person of `make demo`: what they are made of, and how they are read.

Leaves out documents and vaults: the demo command maps these values to them.
"""

from afterglow.core.demo.loading import load_demo
from afterglow.core.demo.whole import DemoPerson

__all__ = ["DemoPerson", "load_demo"]
