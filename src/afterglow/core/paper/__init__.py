"""Pages for paper: what stands on them as plain values, and their setting as a tagged PDF."""

from afterglow.core.paper.sheets import Part, Piece, Row, Sheet
from afterglow.core.paper.typeset import one_page_of, pdf_of

__all__ = ["Part", "Piece", "Row", "Sheet", "one_page_of", "pdf_of"]
