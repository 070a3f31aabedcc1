"""Benchmarks: quality and speed, each one command; never run as tests."""
