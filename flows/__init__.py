"""Prefect flows: orchestration only, every task is one call of the engine."""
