"""Sentences become sound: schedule, worker, cache."""
