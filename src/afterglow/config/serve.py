"""Serving one house: http://localhost by waitress, and HTTPS for the home network beside it in the same process."""

import waitress

from afterglow.config import background, env, process
from afterglow.config.wsgi import application
from afterglow.serving import keeper, listener

THREADS = 6
LARGEST_BODY_BYTES = 64 * 1024 * 1024


def serve(surroundings: env.Environment) -> None:
    """Answer until stopped."""
    process.keep_memory_private()
    process.starts_again_by_itself.set()
    background.start()
    # HTTPS at home, whenever the page *Use on my phone* has switched it on.
    keeper.Keeper(
        application,
        home=surroundings.home,
        source=env.reach_of(surroundings),
        host=listener.EVERY_ADDRESS_AT_HOME,
        largest_body_bytes=LARGEST_BODY_BYTES,
    ).start()
    # Buffers larger than any transfer: nothing a person wrote may spill into a temporary file.
    waitress.serve(
        application,
        host=surroundings.bind,
        port=surroundings.port,
        threads=THREADS,
        ident=None,
        inbuf_overflow=LARGEST_BODY_BYTES * 2,
        outbuf_overflow=LARGEST_BODY_BYTES * 4,
        max_request_body_size=LARGEST_BODY_BYTES,
        # Headers of proxies are judged in one place, `ui.middleware.one_address`, by the list of the page.
        clear_untrusted_proxy_headers=False,
        _quiet=True,
    )
