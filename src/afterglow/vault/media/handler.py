"""The program's only upload handler: files of a form are sealed as they arrive and never lie in clear on a disk."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from afterglow.vault.http import leave_file_out, vault_of
from afterglow.vault.media import services
from afterglow.vault.media.refusals import Refused
from afterglow.vault.media.sealed_upload import SealedUpload

__all__ = ["SealedUpload", "SealingUploadHandler"]


class SealingUploadHandler(FileUploadHandler):
    """Gathers a piece in memory, seals it, forgets it. Without an open vault nothing is taken."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        vault = vault_of(self.request) if self.request is not None else None
        if vault is None:
            if self.request is not None:
                leave_file_out(self.request)
            raise SkipFile
        self.vault = vault
        self.waiting = bytearray()
        self.index = 0
        self.refused: Refused | None = None
        facts = services.Facts(
            services.tidy_name(self.file_name or ""), self.content_type or "", None
        )
        self.upload = None
        try:
            self.upload = services.open_upload(vault, facts)
        except Refused as refused:
            self.refused = refused

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.refused is not None:
            return
        self.waiting += raw_data
        while len(self.waiting) >= services.PIECE_BYTES:
            self._take(bytes(self.waiting[: services.PIECE_BYTES]))
            del self.waiting[: services.PIECE_BYTES]

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        if self.waiting and self.refused is None:
            self._take(bytes(self.waiting))
        self.waiting.clear()
        return SealedUpload(
            self.vault,
            self.upload,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size,
            refused=self.refused,
        )

    def upload_interrupted(self) -> None:
        upload: UUID | None = getattr(self, "upload", None)
        if upload is not None:
            services.drop_upload(self.vault, upload)

    def _take(self, piece: bytes) -> None:
        if self.refused is not None or self.upload is None:
            return
        try:
            services.take_piece(self.vault, self.upload, self.index, piece)
        except Refused as refused:
            self.refused = refused
            services.drop_upload(self.vault, self.upload)
        self.index += 1
