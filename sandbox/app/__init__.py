"""The running program without Qt."""
