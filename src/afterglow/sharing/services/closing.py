"""A PDF closed with a passphrase, made in memory: any PDF program opens it, and asks for the words."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter


def closed(pdf: bytes, words: str) -> bytes:
    """The same pages under AES-256 (PDF 2.0, revision 6). Titles and names of the file are left out."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.metadata = None
    writer.encrypt(user_password=words, owner_password=None, algorithm="AES-256")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
