"""The two refusals of the sealed format. They carry no detail that would help somebody guess."""


class NotOpened(Exception):  # noqa: N818 - it is an outcome the caller expects, not a fault
    """Something did not open: wrong key, wrong place or changed bytes, which look alike on purpose."""

    def __init__(self) -> None:
        super().__init__("This did not open.")


class TooWeak(Exception):  # noqa: N818 - as above
    """Key derivation parameters outside the accepted range."""
