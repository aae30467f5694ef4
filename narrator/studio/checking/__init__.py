"""What was made is looked at again: files, sentences, watermarks."""
