"""corpusmill turns raw web pages into a versioned, validated, citable Parquet dataset."""
