"""Logs and error reports that carry no text of a person: names of events, kinds of errors, places in the code."""

import logging
import traceback
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

ALLOWED_FIELDS = ("work", "error", "status_code", "seconds", "count")


class WordlessFormatter(logging.Formatter):
    """Time, level, the constant message and a few allowed fields; arguments and exception texts are left out."""

    def format(self, record: logging.LogRecord) -> str:
        parts = [self.formatTime(record), record.levelname, record.name, _constant(record)]
        parts += [
            f"{name}={getattr(record, name)}" for name in ALLOWED_FIELDS if hasattr(record, name)
        ]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(_where(record.exc_info[1]))
        return " ".join(parts)


def _constant(record: logging.LogRecord) -> str:
    """The message as written in the code: never filled in, since arguments may carry words or addresses."""
    return record.msg if isinstance(record.msg, str) else type(record.msg).__name__


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.name}:{frame.lineno}" for frame in frames[-6:]]
    return f"{type(error).__name__} at {' > '.join(places)}"


class WordlessReporter(ExceptionReporter):
    """Django's error report without locals, POST, cookies or the exception's text."""

    def get_traceback_data(self) -> dict[str, Any]:
        error = type(self.exc_value).__name__ if self.exc_value else "Error"
        return {"exception_type": error, "where": _where(self.exc_value) if self.exc_value else ""}

    def get_traceback_text(self) -> SafeString:
        return format_html("{}", self.get_traceback_data()["where"])

    def get_traceback_html(self) -> SafeString:
        return self.get_traceback_text()


class WordlessFilter(SafeExceptionReporterFilter):
    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        return []
