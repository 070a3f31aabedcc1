"""Publish: validated tables become an immutable, verified release of a dataset.

Here belongs everything from sorted batch files to a release folder: shards, manifest,
version bump, card, changelog, lock, read-back.  Opening releases is `corpusmill.releases`;
building the tables and deciding whether they are good enough is not done here.
"""
