"""corpusmill beside its peers: the same pages, machine and number of processes, in turns.

    python -m benchmarks.peers --gold ../shared/gold/dev

Peers live in virtual environments of their own, made from the pinned `requirements/*.txt`; one
that cannot be installed is skipped and said to be.  The scripts `run_*.py` run in those
environments and import nothing of ours.
"""
