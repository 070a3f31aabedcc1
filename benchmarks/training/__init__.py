"""Training of the shipped models: one command, deterministic, not needed by users."""
