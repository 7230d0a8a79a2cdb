"""Teach pytest to judge katas; everything is in dojo.judge.plugin."""

pytest_plugins = ["dojo.judge.plugin"]
