"""The rules of indicators, a module for each family; imports the rest of the room, and records of intake."""
