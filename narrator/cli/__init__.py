"""The command line: one verb a file, over the studio; results on stdout, the rest on stderr."""
