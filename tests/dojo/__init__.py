"""The engine behind make: it judges katas and holds none."""
