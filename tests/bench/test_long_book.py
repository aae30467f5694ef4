"""Memory stays flat while a book of twenty minutes is written, as it does for one of 100 hours."""

import pytest
from long_book import growth
from own_process import figures_of

MOST_MEGABYTES, MOST_GROWTH = 600, 50


@pytest.mark.slow
@pytest.mark.parametrize("form", ["m4b", "mp3"])
def test_memory_does_not_grow_with_the_book(form: str) -> None:
    found = figures_of("long_book.py", "--here", "--hours", "0.34", "--format", form)
    assert found["hours"] > 0.3
    assert found["peak_megabytes"] < MOST_MEGABYTES
    assert growth(found) < MOST_GROWTH
