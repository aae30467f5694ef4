"""What is done to the text: sentences changed, words found and said, doubtful ones heard."""
