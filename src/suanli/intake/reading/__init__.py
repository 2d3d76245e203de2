"""One data file to observations: formats, layouts, names, numbers and units; imports framework, regions and below."""
