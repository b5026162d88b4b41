"""Questions of many origins, a chunk at a time: on all processors, to be gone on with later."""
