"""`python -m corpusmill`: the same as the console script."""

from corpusmill.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
