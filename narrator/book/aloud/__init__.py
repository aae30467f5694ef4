"""The book that lights up what is being read: EPUB 3 with media overlays."""
