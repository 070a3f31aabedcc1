from __future__ import annotations

from corpusmill.outcome import ReleaseOutcome


def test_an_intake_without_a_character_of_text_is_described() -> None:
    outcome = ReleaseOutcome(
        version="1.1.0",
        digest="0" * 64,
        path="dataset/releases/1.1.0",
        dataset="dataset",
        is_new=True,
        page_count=2,
        quarantined={"empty": 2},
    )
    lines = [line.strip() for line in outcome.to_text().splitlines()]
    assert "2  pages quarantined" in lines
    assert "0  characters removed" in lines
