"""``python -m medsteward``, and the command ``medsteward``."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command line. Until its parts are loaded, an interrupt ends it quietly."""
    interruptible = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if interruptible:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from medsteward.cli import main as command

    if interruptible:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    command()


if __name__ == "__main__":
    main()
