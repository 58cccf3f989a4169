"""One module per format, each giving a Paper. They run in the child process and load their libraries there."""
