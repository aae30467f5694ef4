"""What a book is; knows nothing of sound."""
