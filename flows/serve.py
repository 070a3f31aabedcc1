"""`python -m flows.serve RAW --dataset DIR --cron CRON`: releases on a schedule, on one machine.

Light, because every process of a run imports it again; what it does is in `flows.serving`.
"""

from __future__ import annotations

if __name__ == "__main__":
    from flows.serving import main

    raise SystemExit(main())
