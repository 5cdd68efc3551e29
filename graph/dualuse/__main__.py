"""``python -m dualuse``: the command, where its script is not on the path."""

from dualuse.cli import main

if __name__ == "__main__":
    main()
