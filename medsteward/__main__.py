"""``python -m medsteward`` is the command line."""

from medsteward.cli import main

main()
