"""The two refusals of the sealed format. They carry no detail that would help somebody guess."""


class NotOpened(Exception):
    """Something did not open: wrong key, wrong place or changed bytes, which look alike on purpose."""

    def __init__(self) -> None:
        super().__init__("This did not open.")


class TooWeak(Exception):
    """Key derivation parameters outside the accepted range."""
