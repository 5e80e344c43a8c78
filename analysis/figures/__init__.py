"""Figures: each function takes a table, draws on Axes and computes no statistic."""
