"""The book is heard: played, followed in reader's mode, its progress told."""
