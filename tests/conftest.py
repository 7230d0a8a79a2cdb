"""Teach pytest to judge katas; everything is in dojo.plugin."""

pytest_plugins = ["dojo.plugin"]
