"""The window that checks sound files for the watermark."""
