"""The entry: a window without a verb, the command line with one. Nothing heavy is imported before it is needed."""

import sys

from mild_biller import __version__


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        sys.stdout.write(f"mild-biller {__version__}\n")
        return 0
    from mild_biller.cli import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
