"""The steps of the main job, as tasks that go through the store.

Reading (`reading`, `batches`), what is new (`arrivals`, `raw_index`), what sites repeat
(`surveying`), refining (`worker`), validation and marking of an intake (`intake`), duplicates
(`searching`, `duplicate_rows`), shards (`sharding`, `shuffling`), how these follow each other once
pages are refined (`finishing`), and what the release before knows (`earlier`).  The order of all is
`corpusmill.release`; what they do to one page or table belongs to the stages.
"""
