"""`python -m flows RAW --dataset DIR`: one run of the release flow, and what it made.

Prefect is imported behind the guard, so that worker processes, which import this module
again, stay light.
"""

from __future__ import annotations

if __name__ == "__main__":
    from corpusmill.memory import give_back_memory

    give_back_memory()
    from flows.command import main

    raise SystemExit(main())
