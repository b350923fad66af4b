"""`python -m afterglow` and the `afterglow` command."""

import sys

from afterglow.cli import main

if __name__ == "__main__":
    sys.exit(main())
