"""The column beside the text: who says the selected sentences, in which words, and how."""
