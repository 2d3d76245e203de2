"""`python -m suanli`: the command line."""

from suanli.cli import main

if __name__ == "__main__":
    main()
