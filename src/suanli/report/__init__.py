"""A result to what people read, so far on a terminal; may import the result and below, but runs no stage."""
