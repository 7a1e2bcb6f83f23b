"""Illustrations of the demonstration edition, drawn by program, so that no picture is borrowed."""

from newsroom.demo.pictures.catalogue import PICTURES, Picture, draw

__all__ = ["PICTURES", "Picture", "draw"]
