"""The third ingredient of an open session: a secret that exists only in this process and its forks.

Made at import, so a server that loads the program before forking shares it among its workers, and a restart locks all.
"""

import secrets

MEMORY_HALF = secrets.token_bytes(32)
