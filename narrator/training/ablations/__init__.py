"""Models that were trained for comparison and are not shipped."""
